import type { RescuePositions, RiskField } from '../../../src-shared/contract/index.ts';
import type { Registry } from '../registry/index.ts';
import { placeRescuers } from './model/rescuePositions.ts';
import type { createPlaceNames } from './placeNames.ts';

/** Clear width that a fire engine needs, m (GB 50016-2014 §7.1.8). */
const ENGINE_WIDTH = 4;

/** Pre-set places for rescuers under the risk field of now; null while there is none. */
export const rescuePositionsOf = ({ registry, field, names }: { readonly registry: Registry; readonly field: RiskField | null; readonly names: ReturnType<typeof createPlaceNames> }): RescuePositions | null => {
  if (field === null) return null;
  const { walkways, zones } = registry.plant;
  const onRoad = new Set(walkways.edges.filter(({ width, blocked }) => width >= ENGINE_WIDTH && blocked !== true).flatMap(({ from, to }) => [from, to]));
  const places = walkways.nodes.filter(({ id, kind }) => onRoad.has(id) && kind !== 'muster').map(({ id, position: [x, y] }) => ({ id, x, y, perYear: riskAt(field, x, y) }));
  const threats = field.top.flatMap(({ equipment, share }) => {
    const position = registry.equipment(equipment)?.position;
    return position === undefined || share <= 0 ? [] : [{ equipment, x: position[0], y: position[1], share }];
  });
  const positions = placeRescuers(places, threats).map(({ id, x, y, perYear, serves }) => ({ node: id, position: [x, y] as [number, number], zone: zones[registry.zoneAt(x, y)]?.id ?? '', near: names.near(x, y), perYear, serves: [...serves] }));
  return { at: field.at, positions };
};

/** Beyond the field's edge the risk of its nearest cell. */
const riskAt = ({ x0, y0, cell, nx, ny, perYear }: RiskField, x: number, y: number): number => {
  const column = Math.min(nx - 1, Math.max(0, Math.floor((x - x0) / cell)));
  const row = Math.min(ny - 1, Math.max(0, Math.floor((y - y0) / cell)));
  return perYear[row * nx + column]!;
};
