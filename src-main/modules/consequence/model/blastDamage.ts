/**
 * Damage by peak side-on overpressure, Pa, from the least to the most at which it is seen: Clancey 1972, as CCPS and Lees reprint it (a table in psi,
 * rounded there).
 */
export type BlastDamage = { readonly from: number; readonly to: number; readonly damage: string };

const at = (from: number, damage: string): BlastDamage => ({ from, to: from, damage });
const between = (from: number, to: number, damage: string): BlastDamage => ({ from, to, damage });

export const clanceyDamage: readonly BlastDamage[] = [
  at(140, 'annoying noise'),
  at(210, 'occasional breaking of large windows already under strain'),
  at(280, 'loud noise, sonic boom, glass failure'),
  at(690, 'breakage of small windows under strain'),
  at(1030, 'typical pressure for glass breakage'),
  at(2070, 'safe distance (95 % probability of no serious damage); some damage to house ceilings, 10 % of window glass broken'),
  at(2760, 'limited minor structural damage'),
  between(3400, 6900, 'large and small windows usually shattered; occasional damage to window frames'),
  at(4800, 'minor damage to house structures'),
  at(6900, 'partial demolition of houses, made uninhabitable'),
  between(6900, 13800, 'corrugated asbestos shattered; corrugated steel or aluminium panels fail and buckle; wood panels blown in'),
  at(9000, 'steel frame of clad building slightly distorted'),
  at(13800, 'partial collapse of walls and roofs of houses'),
  between(13800, 20700, 'concrete or cinder block walls, not reinforced, shattered'),
  at(15800, 'lower limit of serious structural damage'),
  at(17200, '50 % destruction of brickwork of houses'),
  at(20700, 'heavy machines in industrial buildings little damaged; steel frame building distorted and pulled away from foundations'),
  between(20700, 27600, 'frameless self-framing steel panel building demolished; rupture of oil storage tanks'),
  at(27600, 'cladding of light industrial buildings ruptured'),
  at(34500, 'wooden utility poles snapped; tall hydraulic press slightly damaged'),
  between(34500, 48200, 'nearly complete destruction of houses'),
  at(48200, 'loaded train wagons overturned'),
  between(48200, 55100, 'brick panels, not reinforced, fail by shearing or flexure'),
  at(62000, 'loaded train boxcars completely demolished'),
  at(68900, 'probable total destruction of buildings; heavy machine tools moved and badly damaged'),
  at(2068000, 'limit of crater lip'),
];
