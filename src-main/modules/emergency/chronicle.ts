import type { AlarmRow, Emergency, IncidentEntry } from '../../../src-shared/contract/index.ts';
import { SECOND, text, valueWord, type Clock, type Log, type Text } from '../../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import type { Incidents } from '../incidents/index.ts';
import type { Witness } from './witnesses.ts';

/** What the emergency needs of the incident record. */
export type IncidentBook = Pick<Incidents, 'open' | 'record' | 'timeline'> & { readonly table: Pick<Incidents['table'], 'rows'> };

/** Writes an emergency's course into its incident: what changed enough to matter later, never every second. */
export type Chronicle = {
  begin(incident: string, entry: { readonly kind: 'alarm' | 'order'; readonly actor: string; readonly text: Text; readonly data: unknown }): void;
  resume(incident: string): void;
  alarm(alarm: AlarmRow): void;
  /** What a camera saw. */
  sight(what: Text, data: unknown): void;
  order(actor: string, what: Text, data?: unknown): void;
  assessed(row: Emergency): void;
};

const PLUME_SPACING = 30 * SECOND;
const PEOPLE_SPACING = 15 * SECOND;
const VALUE_SPACING = 30 * SECOND;
const ROUTE_SPACING = 10 * SECOND;
const RESCUE_SPACING = 15 * SECOND;
const SIDES: Readonly<Record<'upwind' | 'crosswind' | 'calm', Text>> = { upwind: text('上风侧', 'upwind'), crosswind: text('侧风侧', 'crosswind'), calm: text('静风', 'calm') };

export const createChronicle = ({ incidents, clock, plant, log, witnesses }: { readonly incidents: IncidentBook; readonly clock: Clock; readonly plant: PlantModel; readonly log: Log; /** The values as they stand now. */ witnesses(): readonly Witness[] }): Chronicle => {
  let incident: string | null = null;
  let plume: { readonly at: number; readonly rate: number; readonly from: number; readonly speed: number } | null = null;
  let inside: { readonly at: number; readonly people: string } | null = null;
  let version = 0;
  let plannedAt = 0;
  let standing: { readonly at: number; readonly nodes: string } | null = null;
  let valuesAt = -Infinity;
  const nameOf = new Map(plant.people.map((person) => [person.id, person.name]));
  /** Nothing is written before the emergency has an incident. */
  const record = (kind: IncidentEntry['kind'], actor: string, what: Text, data: unknown): void => {
    if (incident === null) return;
    const written = incidents.record(incident, { kind, actor, text: what, data });
    // A person may close the incident while the emergency goes on; from then on its record stays as it is.
    if (!written.ok) log.warn('the incident took no entry', { incident, why: written.refusal.code });
  };

  const recordPlume = (row: Emergency, now: number): void => {
    if (row.plume === null) return;
    const { rateKgS, wind, source, sourceSpreadM, model, substance, stability } = row.plume;
    const turned = plume === null ? 360 : Math.abs(((wind.fromDegrees - plume.from + 540) % 360) - 180);
    const grew = plume === null ? Infinity : Math.max(rateKgS.p50 / plume.rate, plume.rate / rateKgS.p50);
    const isNews = turned > 20 || grew > 1.5 || Math.abs(wind.speed - plume!.speed) > 0.4 * Math.max(1, plume!.speed);
    if (!isNews || (plume !== null && now - plume.at < PLUME_SPACING)) return;
    plume = { at: now, rate: rateKgS.p50, from: wind.fromDegrees, speed: wind.speed };
    const rate = `${rateKgS.p50.toPrecision(2)} (${rateKgS.p10.toPrecision(2)}–${rateKgS.p90.toPrecision(2)}) kg/s`;
    const blowing = `${wind.speed.toFixed(1)} m/s, ${wind.fromDegrees.toFixed(0)}°`;
    record('plume', 'system', text(`估计源强 ${rate},位置 (${source.map((m) => m.toFixed(0)).join(', ')}) ± ${sourceSpreadM.toFixed(0)} m,风 ${blowing}`, `Estimated ${rate} at (${source.map((m) => m.toFixed(0)).join(', ')}) ± ${sourceSpreadM.toFixed(0)} m, wind ${blowing}`), {
      model, substance, stability, source, sourceSpreadM, rateKgS, wind,
      contours: row.plume.contours.map((contour) => ({ ...contour, rings: contour.rings.map((ring) => Array.from(ring, (m) => Math.round(m))) })),
    });
  };

  const recordValues = (now: number): void => {
    if (now - valuesAt < VALUE_SPACING) return;
    valuesAt = now;
    const seen = witnesses();
    const worst = seen.filter(({ isDetector, value }) => isDetector && value > 0).toSorted((a, b) => b.value - a.value).slice(0, 3);
    const say = (language: 'zh' | 'en') => worst.map(({ name, value, unit }) => `${name[language]} ${valueWord(value, unit)}`).join(language === 'zh' ? '、' : ', ');
    record('value', 'system', text(`现场数值 ${seen.length} 项${worst.length > 0 ? `:${say('zh')}` : ''}`, `${seen.length} values on the spot${worst.length > 0 ? `: ${say('en')}` : ''}`), seen);
  };

  const recordInside = (row: Emergency, now: number): void => {
    const people = row.inside.filter((each) => each.severity >= 2).map((each) => each.person).toSorted().join();
    if (people === (inside?.people ?? '') || (inside !== null && now - inside.at < PEOPLE_SPACING)) return;
    inside = { at: now, people };
    const names = people === '' ? [] : people.split(',').map((id) => nameOf.get(id) ?? id);
    record('people', 'system', text(`危险区内 ${names.length} 人${names.length > 0 ? `:${names.join('、')}` : ''}`, `${names.length} people in the danger zone${names.length > 0 ? `: ${names.join(', ')}` : ''}`), { inside: row.inside, muster: row.muster });
  };

  const recordRoutes = (row: Emergency, now: number): void => {
    if (row.planned === null || row.planned.version === version || (version > 0 && now - plannedAt < ROUTE_SPACING)) return;
    version = row.planned.version;
    plannedAt = now;
    const { reason, chosen, nearestExit } = row.planned;
    const walking = row.routes.reduce((sum, route) => sum + route.people.length, 0);
    record('route', 'system', text(`疏散方案 ${version}(${reason.zh}):${walking} 人,末位到达 ${chosen.arrivalS.toFixed(0)} s,掩蔽 ${row.shelter.length} 人`, `Evacuation plan ${version} (${reason.en}): ${walking} people, last arrival ${chosen.arrivalS.toFixed(0)} s, ${row.shelter.length} shelter`), {
      chosen, nearestExit, shelter: row.shelter, closedEdges: row.closedEdges, closingEdges: row.closingEdges,
      routes: row.routes.map(({ people, muster, edges, escapeEdges, plannedAt: at, arrivalS, dose, each, ahead }) => ({ people, muster, escapeEdges, edges, plannedAt: at, arrivalS, dose, each, ahead })),
    });
  };

  /** Where rescuers stand and how they come there, whenever another place is named. */
  const recordRescue = (row: Emergency, now: number): void => {
    const nodes = row.rescue?.map(({ node }) => node).toSorted().join() ?? null;
    if (row.rescue === null || nodes === standing?.nodes || (standing !== null && now - standing.at < RESCUE_SPACING)) return;
    standing = { at: now, nodes: nodes ?? '' };
    const say = (language: 'zh' | 'en') => row.rescue!.map(({ near, node, distanceM, bearing, side }) => `${near?.[language] ?? node} ${distanceM.toFixed(0)} m, ${bearing.toFixed(0)}° (${SIDES[side][language]})`).join(language === 'zh' ? ';' : '; ');
    const none = text('救援站位:上风侧与侧风侧无安全位置可达', 'Standing points for rescuers: no safe place upwind or aside can be reached');
    record('route', 'system', row.rescue.length === 0 ? none : text(`救援站位:${say('zh')}`, `Standing points for rescuers: ${say('en')}`), {
      rescue: row.rescue.map(({ ways, ...stand }) => ({ ...stand, ways: ways.map(({ path, ...way }) => ({ ...way, path: Array.from(path, (m) => Math.round(m)) })) })),
    });
  };

  return {
    begin(id, entry) {
      incident = id;
      record(entry.kind, entry.actor, entry.text, entry.data);
    },
    resume: (id) => void (incident = id),
    alarm: (alarm) => record('alarm', 'system', text(`${alarm.place.zh} ${alarm.message.zh}`, `${alarm.place.en}: ${alarm.message.en}`), { alarm: alarm.id, value: alarm.value, unit: alarm.unit, raisedAt: alarm.raisedAt }),
    sight: (what, data) => record('alarm', 'system', what, data),
    order: (actor, what, data = {}) => record('order', actor, what, data),
    assessed(row) {
      if (incident === null) return;
      const now = clock.now();
      recordValues(now);
      recordPlume(row, now);
      recordInside(row, now);
      recordRoutes(row, now);
      recordRescue(row, now);
    },
  };
};
