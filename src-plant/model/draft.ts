import type { AlarmSetting, Equipment, PlantModel, SubstanceId, Tag } from '../../src-shared/plant/index.ts';
import { guidanceFor } from './guidance.ts';
import type { Instrument, Limit } from './instruments.ts';

/** A plant model while it is being drawn; the unit files add to it. */
export type Draft = {
  -readonly [K in 'areas' | 'zones' | 'units' | 'equipment' | 'tags' | 'detectors' | 'cameras' | 'people' | 'structures' | 'pipes' | 'muster' | 'views']: PlantModel[K][number][];
} & {
  /** Adds an equipment and one tag per instrument. */
  place(item: Placement): void;
};

export type Placement = {
  readonly id: string;
  readonly name: readonly [zh: string, en: string];
  readonly zone?: string;
  readonly kind: Equipment['kind'];
  readonly at: readonly [x: number, y: number, z?: number];
  readonly size: readonly [length: number, width: number, height: number];
  readonly heading?: number;
  readonly substance?: SubstanceId;
  readonly inventory?: Equipment['inventory'];
  readonly machine?: Equipment['machine'];
  readonly instruments?: readonly Instrument[];
};

export const createDraft = (): Draft => {
  const draft: Draft = {
    areas: [], zones: [], units: [], equipment: [], tags: [], detectors: [], cameras: [], people: [], structures: [], pipes: [], muster: [], views: [],
    place(item) {
      const unitId = item.id.split('-')[0]!;
      const unit = draft.units.find(({ id }) => id === unitId);
      if (unit === undefined) throw new Error(`${item.id}: no unit ${unitId}`);
      const [x, y, z = 0] = item.at;
      draft.equipment.push({
        id: item.id,
        name: { zh: item.name[0], en: item.name[1] },
        unit: unitId,
        zone: item.zone ?? unit.zone,
        kind: item.kind,
        position: [x, y, z],
        heading: item.heading ?? 0,
        size: [...item.size],
        ...(item.substance && { substance: item.substance }),
        ...(item.inventory && { inventory: item.inventory }),
        ...(item.machine && { machine: item.machine }),
      });
      for (const instrument of item.instruments ?? []) draft.tags.push(tagOf(item, instrument));
    },
  };
  return draft;
};

const tagOf = (item: Placement, instrument: Instrument): Tag => ({
  id: `${item.id}.${instrument.suffix}`,
  name: { zh: `${item.name[0]}${instrument.name.zh}`, en: `${item.name[1]} ${instrument.name.en}` },
  equipment: item.id,
  kind: instrument.kind,
  unit: instrument.unit,
  range: [...instrument.range],
  normal: [...instrument.normal],
  decimals: instrument.decimals,
  ...(instrument.states && { states: instrument.states.map((word) => ({ ...word })) }),
  alarms: instrument.alarms.filter((limit) => isResolved(instrument, limit)).map((limit) => alarmOf(item, instrument, limit)),
});

/** A rate of a few display steps a minute is the instrument's own noise: no alarm can be set on it. */
const LEAST_RATE_STEPS = 6;
const isResolved = ({ decimals }: Instrument, { kind, limit }: Limit): boolean => kind !== 'RATE' || Math.abs(limit) >= LEAST_RATE_STEPS * 10 ** -decimals;

/** Debounce per kind of measurement, seconds (shorter than EEMUA 191 appendix 9, where a person must see the effect at once). */
const DELAYS: Partial<Record<Tag['kind'], number>> = { flow: 8, level: 6, temperature: 5, pressure: 3, vibration: 4, current: 5 };

const alarmOf = (item: Placement, instrument: Instrument, limit: Limit): AlarmSetting => {
  const span = instrument.range[1] - instrument.range[0];
  const delay = limit.onDelayS ?? DELAYS[instrument.kind] ?? 0;
  return {
    kind: limit.kind,
    limit: limit.limit,
    deadband: limit.kind === 'DISCRETE' ? 0 : Number((Math.min(span * 0.01, Math.abs(limit.limit) * 0.03) || span * 0.005).toPrecision(2)),
    onDelayS: delay,
    offDelayS: delay,
    priority: limit.priority,
    latched: limit.latched ?? false,
    // What comes first when a compressor fails tells why; the rest follows.
    ...(item.kind === 'compressor' && { group: item.id }),
    ...(limit.ofRunning === true && { suppressWhen: `${item.id}.RUN = 0` }),
    ...(limit.priority <= 2 ? guidanceFor({ equipment: { zh: item.name[0], en: item.name[1] }, kind: item.kind, instrument, limit }) : {}),
  };
};
