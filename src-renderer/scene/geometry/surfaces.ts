/**
 * The kinds of surface that plant geometry is made of. A vertex carries the surface's number, the material looks the
 * colour up: a theme changes thirty colours and no geometry.
 */
export const SURFACES = [
  'plate', 'plateEdge', 'paving', 'road', 'roadMark', 'kerb', 'grass', 'water', 'concrete', 'bund',
  'steel', 'steelLight', 'steelDark', 'machine', 'machineDark', 'rail', 'grating', 'pipe', 'wall', 'wallTrim', 'roof', 'window', 'door', 'tree', 'trunk', 'sign', 'signFace', 'lens',
  'bandGas', 'bandLiquid', 'bandWater', 'bandSteam',
] as const;
export type Surface = (typeof SURFACES)[number];

export const surfaceNumber = (surface: Surface): number => SURFACES.indexOf(surface);
