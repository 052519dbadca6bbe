import { z } from 'zod';
import type { AlarmRow, Emergency as EmergencyRow } from '../../../src-shared/contract/index.ts';
import { parseJson, text, type Point3, type Text } from '../../../src-shared/kernel/index.ts';
import { camerasTowards, SubstanceId, type Camera, type Detector, type Equipment } from '../../../src-shared/plant/index.ts';
import { isConsequenceSubstance, substanceOf } from '../consequence/index.ts';
import type { Registry } from '../registry/index.ts';
import type { LiveWeather } from '../risk/index.ts';
import type { Assessment } from './assessment.ts';
import type { Chronicle, IncidentBook } from './chronicle.ts';
import type { createHeadcount } from './headcount.ts';
import type { Vote } from './model/voting.ts';

/** What an emergency began with; kept in its incident, so that a restarted station takes it up again. */
export const Seed = z.object({
  emergency: z.string(),
  kind: z.enum(['gas', 'fire']),
  substance: SubstanceId,
  zone: z.string(),
  equipment: z.string().nullable(),
  place: z.tuple([z.number(), z.number(), z.number()]),
  declared: z.object({ position: z.tuple([z.number(), z.number()]), rateKgS: z.number() }).nullable(),
  detectors: z.array(z.string()),
});
export type Seed = z.infer<typeof Seed>;
const StoodDown = z.object({ stoodDown: z.string() });
/** As the incident keeps it: a way of the plant that a person found impassable, or open again. */
const WayReport = z.object({ emergency: z.string(), way: z.string(), blocked: z.boolean() });
export type WayReport = z.infer<typeof WayReport>;

/** One emergency under way. */
export type Case = {
  row: EmergencyRow;
  readonly seed: Omit<Seed, 'detectors'>;
  readonly votes: Map<string, Vote>;
  /** What the last assessment rested on; null before the first. `at` is monotonic. */
  basis: { readonly at: number; readonly weather: LiveWeather; readonly signature: string } | null;
  assessment: Assessment | null;
  /** Why the engines could not assess it the last time. */
  refused: string | null;
  isRunning: boolean;
  stoodDownAt: number | null;
  /** Everybody who has been sent: they stay led until they have arrived. */
  readonly led: Set<string>;
  /** When each edge was last reached by the danger; monotonic. */
  readonly closedAt: Map<string, number>;
  readonly chronicle: Chronicle;
  readonly headcount: ReturnType<typeof createHeadcount>;
};

/** Where things happened around an emergency: its detectors, or its place when a person declared it. */
export const placesOf = (found: Case): readonly Point3[] => (found.votes.size === 0 ? [found.seed.place] : [...found.votes.values()].map((vote) => vote.position));

const STARTING_KINDS: ReadonlySet<string> = new Set(['HI', 'HIHI', 'DISCRETE']);
const SPEAKING_STATES: ReadonlySet<string> = new Set(['unacknowledged', 'acknowledged']);

/** The gas or flame detector whose danger alarm this is, if it is one. */
export const detectorOf = (registry: Registry, alarm: AlarmRow): Detector | undefined => {
  const index = registry.tagIndex(alarm.tag);
  const detector = index === undefined ? undefined : registry.detectorOf(index);
  return detector === undefined || detector.kind === 'smoke' || !STARTING_KINDS.has(alarm.kind) ? undefined : detector;
};

/** Whether the alarm's condition is there now; shelved and suppressed ones say nothing. */
export const isSpeaking = (alarm: AlarmRow): boolean => SPEAKING_STATES.has(alarm.state);

/** Equipment with a substance nearest to a detector, within 60 m. */
export const nearestHolder = (equipment: readonly Equipment[], detector: Detector): Equipment | undefined => {
  const away = (item: Equipment): number => Math.hypot(item.position[0] - detector.position[0], item.position[1] - detector.position[1]);
  const suits = (item: Equipment): boolean => item.substance !== undefined && isConsequenceSubstance(item.substance) && (detector.kind !== 'flame' || substanceOf(item.substance).fire !== undefined);
  return equipment.filter((item) => suits(item) && away(item) <= 60).toSorted((a, b) => away(a) - away(b))[0];
};

/** The nearest holding in a camera's picture that can burn, within 120 m of it. */
export const flammableInSight = (equipment: readonly Equipment[], camera: Camera): Equipment | undefined => {
  const away = ({ position: [x, y] }: Equipment): number => Math.hypot(x - camera.position[0], y - camera.position[1]);
  return equipment
    .filter((item) => item.substance !== undefined && isConsequenceSubstance(item.substance) && substanceOf(item.substance).fire !== undefined && away(item) <= 120 && camerasTowards([camera], [item.position[0], item.position[1]]).length > 0)
    .toSorted((a, b) => away(a) - away(b))[0];
};

export const substanceName = (substance: SubstanceId): Text => (isConsequenceSubstance(substance) ? substanceOf(substance).name : text(substance, substance));

export const titleOf = (registry: Registry, begin: Pick<Seed, 'kind' | 'substance' | 'zone'>): Text => {
  const zone = registry.zone(begin.zone)?.name ?? text('厂区', 'Site');
  const name = substanceName(begin.substance);
  return begin.kind === 'fire' ? text(`${zone.zh} ${name.zh}着火`, `${zone.en}: ${name.en} fire`) : text(`${zone.zh} ${name.zh}泄漏`, `${zone.en}: ${name.en} leak`);
};

/** The emergencies of incidents that are still open and were not stood down. */
export const seedsOf = (incidents: IncidentBook): readonly { readonly seed: Seed; readonly incident: string; readonly at: number; readonly by: string; /** Ways that people reported impassable, and not open again since. */ readonly blockedEdges: string[] }[] =>
  incidents.table
    .rows()
    .filter((row) => row.state === 'open')
    .flatMap((row) => {
      const entries = incidents.timeline(row.id).map((entry) => ({ at: entry.at, by: entry.actor, data: parseJson(entry.data) }));
      const begun = entries.flatMap(({ at, by, data }) => {
        const seed = Seed.safeParse(data);
        return seed.success ? [{ seed: seed.data, incident: row.id, at, by, blockedEdges: blockedIn(entries, seed.data.emergency) }] : [];
      });
      const ended = new Set(entries.flatMap(({ data }) => StoodDown.safeParse(data).data?.stoodDown ?? []));
      return begun.filter(({ seed }) => !ended.has(seed.emergency));
    });

/** What was said last of each way. */
const blockedIn = (entries: readonly { readonly data: unknown }[], emergency: string): string[] => {
  const said = new Map<string, boolean>();
  for (const { data } of entries) {
    const report = WayReport.safeParse(data);
    if (report.success && report.data.emergency === emergency) said.set(report.data.way, report.data.blocked);
  }
  return [...said].flatMap(([way, blocked]) => (blocked ? [way] : []));
};
