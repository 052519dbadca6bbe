import type { z } from 'zod';
import type { EquipmentKind } from '../../../../src-shared/plant/index.ts';

type Kind = z.infer<typeof EquipmentKind>;

/** One class of hole: its diameter in metres (null: rupture, the inventory within ten minutes) and how often it opens, per year. */
export type LeakClass = { readonly hole: number | null; readonly perYear: number };

const classes = (small: number, medium: number, large: number, rupture: number): readonly LeakClass[] =>
  [{ hole: 0.005, perYear: small }, { hole: 0.025, perYear: medium }, { hole: 0.1, perYear: large }, { hole: null, perYear: rupture }].filter((each) => each.perYear > 0);

/**
 * Generic failure frequencies by component class: API RP 581 (3rd ed. 2016) part 2 table 3.1, which AQ/T 3046-2013 adopts for process equipment;
 * holes of 5, 25 and 100 mm and rupture. Vessels, columns, reactors, exchangers and pumps total 3.06e-5 a year; compressors have no rupture;
 * tank shells total 1e-4; loading arms, valves and racks take the row of 4-inch pipe.
 */
const vessel = classes(8e-6, 2e-5, 2e-6, 6e-7);
const compressor = classes(8e-6, 2e-5, 2e-6, 0);
const tank = classes(7e-5, 2.5e-5, 5e-6, 1e-7);
const pipe = classes(8e-6, 2e-5, 0, 2.6e-6);

const byKind: Partial<Record<Kind, readonly LeakClass[]>> = {
  sphere: vessel, 'horizontal-vessel': vessel, 'vertical-vessel': vessel, column: vessel, reactor: vessel, 'heat-exchanger': vessel, furnace: vessel, pump: vessel,
  compressor, 'storage-tank': tank, 'loading-arm': pipe, 'cylinder-rack': pipe, valve: pipe,
};

/** The leak classes of a kind of equipment; none for what holds nothing that counts. */
export const leakClasses = (kind: Kind): readonly LeakClass[] => byKind[kind] ?? [];
