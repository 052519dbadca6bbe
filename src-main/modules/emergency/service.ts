import type { AlarmRow, Anlan, Emergency as EmergencyRow, Handlers } from '../../../src-shared/contract/index.ts';
import { createEmitter, createScope, createTable, MINUTE, text, unwrap, type Clock, type Disposable, type Ids, type Listen, type Log, type SampleBatch, type Table, type Text } from '../../../src-shared/kernel/index.ts';
import type { Camera } from '../../../src-shared/plant/index.ts';
import type { WayOrder } from '../feeds/index.ts';
import type { People } from '../people/index.ts';
import type { Registry } from '../registry/index.ts';
import { createWeatherWatch, type LastValues, type WeatherWatch } from '../risk/index.ts';
import { createAssessor } from './assessor.ts';
import { detectorOf, flammableInSight, isSpeaking, nearestHolder, placesOf, seedsOf, titleOf, type Case, type Seed } from './cases.ts';
import { createChronicle, type IncidentBook } from './chronicle.ts';
import { createHandlers } from './handlers.ts';
import { createHeadcount } from './headcount.ts';
import { actionsFor } from './model/actions.ts';
import { isConfirmed, isNear, type Vote } from './model/voting.ts';
import { waysToTell } from './wayOrders.ts';
import { witnessesOf } from './witnesses.ts';

/** From a gas or flame alarm to people led out: the desk's emergencies. */
export type Emergency = Disposable & {
  readonly table: Table<string, EmergencyRow>;
  /** Once a second: votes age, people arrive, and what has changed is assessed again. */
  tick(): void;
  /** Live samples, after the values have taken them: a gas reading or the wind may ask for a new assessment at once. */
  onSamples(batch: SampleBatch): void;
  /**
   * A camera sees fire: a witness like a flame detector. It joins the fire under way in its zone, or raises the suspicion of one at the nearest flammable holding in its picture; alone it confirms nothing,
   * with a flame detector it does.
   */
  seeFire(sight: { readonly camera: Camera; readonly at: number; readonly text: Text; readonly evidence: string | null }): void;
  /** Ways that people are to be told: all of a confirmed emergency's first, then those that an announcement changed. */
  readonly onDidAnnounce: Listen<readonly WayOrder[]>;
  readonly handlers: Handlers<Anlan['emergency']>;
};

export type EmergencyDependencies = {
  readonly registry: Registry;
  readonly values: LastValues;
  /** The station's; its own watch of the mast without one. */
  readonly weather?: Pick<WeatherWatch, 'now'>;
  readonly people: Pick<People, 'positions'>;
  readonly alarms: { readonly table: Pick<Table<string, AlarmRow>, 'rows'>; readonly onDidRaise: Listen<AlarmRow> };
  readonly incidents: IncidentBook;
  /** The `engines` worker, started with the plant model as its data. */
  readonly engines: { call<T>(method: string, input: unknown): Promise<T> };
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
};

/** A suspicion that no detector supports any more is dropped after this. */
const SUSPICION = 5 * MINUTE;
const KEEP_STOOD_DOWN = 30 * MINUTE;

export const createEmergency = (deps: EmergencyDependencies): Emergency => {
  const { registry, values, people, alarms, incidents, engines, clock, ids, log } = deps;
  const { plant } = registry;
  const scope = createScope();
  const table = createTable<string, EmergencyRow>((row) => row.id);
  const cases = new Map<string, Case>();
  const announced = createEmitter<readonly WayOrder[]>();
  const watch = deps.weather ?? createWeatherWatch({ registry, values, clock });
  const { positions } = people;
  const put = (found: Case, change: Partial<EmergencyRow>): void => {
    const before = found.row;
    found.row = { ...before, ...change, updatedAt: clock.now() };
    table.put(found.row);
    const ways = waysToTell(plant.people, before, found.row);
    if (ways.length > 0) announced.emit(ways);
  };
  const assessor = createAssessor({ registry, values, positions, weather: watch.now, engines, clock, log, put });
  const windTags = new Set([plant.weather.windSpeed, plant.weather.windDirection].map((id) => registry.tagIndex(id)));

  const begin = (seed: Omit<Seed, 'detectors'>): Case => {
    const { emergency, kind, substance, zone, equipment } = seed;
    const now = clock.now();
    const row: EmergencyRow = {
      id: emergency, state: 'suspected', kind, title: titleOf(registry, seed), zone, equipment, since: now, confirmedAt: null, confirmedBy: null, updatedAt: now,
      plume: null, inside: [], routes: [], shelter: [], muster: [], closedEdges: [], closingEdges: [], blockedEdges: [], planned: null, rescue: null, incident: null,
      actions: actionsFor(kind, substance).map((action) => ({ ...action, done: false, by: null, at: null })),
    };
    const witnesses = () => witnessesOf({ registry, values, zone: created.row.zone, equipment: created.row.equipment, detectors: [...created.votes.keys()] });
    const created: Case = { row, seed, votes: new Map(), basis: null, assessment: null, refused: null, isRunning: false, stoodDownAt: null, led: new Set(), closedAt: new Map(), chronicle: createChronicle({ incidents, clock, plant, log, witnesses }), headcount: createHeadcount(plant) };
    cases.set(row.id, created);
    table.put(row);
    return created;
  };

  const confirm = (found: Case, by: { readonly actor: string; readonly why: Text; readonly isPerson: boolean }): void => {
    if (found.row.state !== 'suspected') return;
    const { kind, zone, title } = found.row;
    const { id: incident } = unwrap(incidents.open({ title, kind: kind === 'fire' ? 'fire' : 'leak', zone: zone === '' ? null : zone }, { name: by.actor }));
    put(found, { state: 'confirmed', confirmedAt: clock.now(), confirmedBy: by.actor, incident });
    const seed: Seed = { ...found.seed, detectors: [...found.votes.keys()] };
    found.chronicle.begin(incident, { kind: by.isPerson ? 'order' : 'alarm', actor: by.actor, text: by.why, data: seed });
    if (found.assessment !== null) found.chronicle.assessed(found.row);
  };

  const onAlarm = (alarm: AlarmRow): void => {
    const detector = detectorOf(registry, alarm);
    if (detector === undefined) return;
    const holder = nearestHolder(plant.equipment, detector);
    const substance = detector.substance ?? holder?.substance;
    if (substance === undefined) return log.warn('a detector alarms that states no substance and stands near none', { detector: detector.id });
    const kind = detector.kind === 'flame' ? 'fire' : 'gas';
    const isOurs = (each: Case): boolean => each.row.state !== 'stood-down' && each.seed.kind === kind && each.seed.substance === substance && placesOf(each).some((place) => isNear(place, detector.position));
    const found =
      [...cases.values()].find(isOurs) ??
      begin({ emergency: ids.next('emg'), kind, substance, zone: detector.zone, equipment: kind === 'fire' ? (holder?.id ?? null) : null, place: kind === 'fire' && holder !== undefined ? [...holder.position] : [...detector.position], declared: null });
    const vote: Vote = { detector: detector.id, position: detector.position, from: found.votes.get(detector.id)?.from ?? alarm.raisedAt, until: Math.max(clock.now(), alarm.raisedAt) };
    const isNew = !found.votes.has(detector.id);
    found.votes.set(detector.id, vote);
    if (isNew && found.row.state === 'confirmed') found.chronicle.alarm(alarm);
    if (isConfirmed([...found.votes.values()])) confirm(found, { actor: 'system', isPerson: false, why: votedText(found) });
    assessor.assess(found);
  };

  const seeFire: Emergency['seeFire'] = ({ camera, at, text: words, evidence }) => {
    const holder = flammableInSight(plant.equipment, camera);
    const isOurs = ({ row, seed }: Case): boolean => row.state !== 'stood-down' && seed.kind === 'fire' && (row.zone === camera.zone || (holder !== undefined && isNear(seed.place, holder.position)));
    const under = [...cases.values()].find(isOurs);
    if (under === undefined && holder?.substance === undefined) return log.info('a camera sees fire where nothing flammable is known', { camera: camera.id });
    const found = under ?? begin({ emergency: ids.next('emg'), kind: 'fire', substance: holder!.substance!, zone: holder!.zone, equipment: holder!.id, place: [...holder!.position], declared: null });
    const before = found.votes.get(camera.id);
    found.votes.set(camera.id, { detector: camera.id, position: placesOf(found)[0] ?? found.seed.place, from: before?.from ?? at, until: Math.max(at, before?.until ?? at) });
    const isConfirmedNow = isConfirmed([...found.votes.values()]);
    if (isConfirmedNow) confirm(found, { actor: 'system', isPerson: false, why: votedText(found) });
    if (before === undefined) found.chronicle.sight(words, { camera: camera.id, at, evidence });
    if (before === undefined) assessor.assess(found);
  };

  const votedText = (found: Case): Text => {
    const names = [...found.votes.keys()].map((id) => registry.detector(id)?.name ?? plant.cameras.find((camera) => camera.id === id)?.name ?? text(id, id));
    return text(`${names.map((name) => name.zh).join('、')} 共同报警,自动确认`, `${names.map((name) => name.en).join(', ')} alarm together: confirmed by voting`);
  };

  const standDown = (found: Case, by: { readonly actor: string; readonly reason: Text }): void => {
    found.chronicle.order(by.actor, text(`解除应急:${by.reason.zh}`, `Stood down: ${by.reason.en}`), { stoodDown: found.row.id });
    found.stoodDownAt = clock.now();
    put(found, { state: 'stood-down', routes: [], shelter: [], closedEdges: [], closingEdges: [], rescue: null });
  };

  const tickOne = (found: Case, now: number): void => {
    if (found.stoodDownAt !== null) {
      if (now - found.stoodDownAt < KEEP_STOOD_DOWN) return;
      cases.delete(found.row.id);
      return table.drop(found.row.id);
    }
    for (const alarm of alarms.table.rows()) {
      const vote = found.votes.get(detectorOf(registry, alarm)?.id ?? '');
      if (vote !== undefined && isSpeaking(alarm)) found.votes.set(vote.detector, { ...vote, until: now });
    }
    const lastSeen = Math.max(...[...found.votes.values()].map((vote) => vote.until));
    if (found.row.state === 'suspected' && now - lastSeen > SUSPICION) return standDown(found, { actor: 'system', reason: text('探测器已恢复,无其他证据', 'the detector is back to normal and nothing else confirmed it') });
    if (assessor.isOutdated(found)) assessor.assess(found);
    if (found.assessment === null) return;
    const muster = found.headcount.count({ routes: found.row.routes, columns: positions(), usable: found.assessment.musterUsable, now });
    if (JSON.stringify(muster) !== JSON.stringify(found.row.muster)) put(found, { muster });
  };

  /** Takes up the emergencies of open incidents again, then hears the alarms that are active. */
  const restore = (): void => {
    for (const { seed, incident, at, by, blockedEdges } of seedsOf(incidents)) {
      const found = begin(seed);
      for (const id of seed.detectors) {
        const detector = registry.detector(id);
        if (detector !== undefined) found.votes.set(id, { detector: id, position: detector.position, from: at, until: at });
      }
      found.chronicle.resume(incident);
      put(found, { state: 'confirmed', since: at, confirmedAt: at, confirmedBy: by, incident, blockedEdges });
    }
    for (const found of cases.values()) assessor.assess(found);
    for (const alarm of alarms.table.rows()) if (isSpeaking(alarm)) onAlarm(alarm);
  };

  scope.add(alarms.onDidRaise(onAlarm));
  restore();
  engines.call('warmUp', null).catch((error: unknown) => log.debug('engines not warmed up', { error: String(error) }));
  return {
    table,
    tick() {
      const now = clock.now();
      for (const found of cases.values()) tickOne(found, now);
    },
    onSamples(batch) {
      if (![...cases.values()].some((found) => found.stoodDownAt === null)) return;
      if (!batch.tag.some((tag) => windTags.has(tag) || registry.detectorOf(tag) !== undefined)) return;
      for (const found of cases.values()) if (found.stoodDownAt === null && assessor.isOutdated(found)) assessor.assess(found);
    },
    seeFire,
    onDidAnnounce: announced.listen,
    handlers: createHandlers({ registry, table, cases, clock, ids, begin, confirm, standDown, put, assess: assessor.assess }),
    [Symbol.dispose]: () => scope[Symbol.dispose](),
  };
};
