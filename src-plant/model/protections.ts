import type { Equipment } from '../../src-shared/plant/index.ts';
import type { Draft } from './draft.ts';

type Protections = NonNullable<Equipment['protections']>;

/** Water in one of the tanks and a main pump that has not tripped; at a sphere also pressure before its spray valve. */
const fireWater = [
  { anyOf: ['FW-TK-101.LT1', 'FW-TK-102.LT1'], atLeast: 60 },
  { anyOf: ['FW-P-102A.RUN', 'FW-P-102B.RUN', 'FW-P-102C.RUN'], atMost: 1 },
];
const sprayed = (rateLMinM2: number, own: NonNullable<Protections['deluge']>['supply'] = []): Protections => ({ deluge: { rateLMinM2, supply: [...own, ...fireWater] } });
const relief: Protections = { relief: { supply: [] } };
/** The root valve that operators close from the control room; a valve in fault closes nothing. */
const rootValve = (id: string): Protections => ({ isolation: { closesWithinS: 600, supply: [{ anyOf: [`${id}.XV`], atMost: 2 }] } });

/**
 * What the vessels have against a fire beside them: fixed spray on liquefied gas (GB 50160-2008 §8.10: 9 L/(min·m²); ammonia 6) and on tanks of 3,000 m³ and more (GB 50074-2014
 * §12.1.5: 2), relief on every vessel under pressure (TSG 21), root valves closed from afar on spheres and tanks, quick depressurising on the hydrogen reactors. Fireproofing there is on legs and skirts only and is not stated.
 */
const protectionsOf = ({ id, kind, size: [, diameter, height], inventory }: Equipment): Protections | undefined => {
  if (inventory === undefined) return undefined;
  if (kind === 'sphere') return { ...sprayed(9, [{ anyOf: [`${id}.SPR`], atLeast: 0.5 }]), ...relief, ...rootValve(id) };
  if (id === 'LP-V-107') return { ...sprayed(9), ...relief };
  if (id.startsWith('AR-V-101')) return { ...sprayed(6), ...relief };
  if (kind === 'reactor' && inventory.pressurePa > 2e6) return { ...relief, depressurising: { minutes: 15, supply: [] } };
  if (kind === 'storage-tank') return (Math.PI / 4) * diameter ** 2 * height >= 3_000 ? { ...sprayed(2), ...rootValve(id) } : rootValve(id);
  return inventory.pressurePa > 150_000 && (kind === 'horizontal-vessel' || kind === 'vertical-vessel' || kind === 'reactor') ? relief : undefined;
};

export const protectVessels = (draft: Draft): void => {
  draft.equipment.forEach((item, i) => {
    const protections = protectionsOf(item);
    if (protections !== undefined) draft.equipment[i] = { ...item, protections };
  });
};
