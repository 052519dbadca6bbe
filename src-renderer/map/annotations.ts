import type { AlarmRow } from '../../src-shared/contract/alarms.ts';
import type { Emergency, HazardContour } from '../../src-shared/contract/emergency.ts';
import type { RiskField, ZoneRisk } from '../../src-shared/contract/risk.ts';
import type { CameraEvent } from '../../src-shared/contract/people.ts';
import { centre, distance, type Language, type Point, type Point3, QUALITY_NAMES } from '../../src-shared/kernel/index.ts';
import type { AlarmPriority, PlantModel, RiskGrade } from '../../src-shared/plant/index.ts';
import type { BlastRing, LiveValues, PeoplePositions, RescuePost, Selection, TwinLayers } from '../scene/twinProps.ts';
import { lengthOf, pointsOf } from './lines.ts';
import { GRADE_WORDS, powerOfTen, RISK_CRITERIA } from './palette.ts';
import { riskContours } from './riskContours.ts';

/** Whatever is written or marked over the plant, in plant metres; the painter puts it on the screen. Higher `rank` wins where two would overlap. */
export type Annotation =
  | { readonly kind: 'alarm'; readonly at: Point3; readonly rank: number; readonly priority: AlarmPriority; readonly state: AlarmRow['state']; readonly count: number }
  | { readonly kind: 'label'; readonly at: Point3; readonly rank: number; readonly text: string; readonly note?: string; readonly style: 'unit' | 'zone' | 'equipment' | 'muster' | 'cloud' | 'criterion' | 'person' | 'source' | 'seen' | 'stand'; readonly grade?: RiskGrade; readonly severity?: 1 | 2 | 3; readonly selected?: boolean; /** Larger than this many metres across the screen, it is left out. */ readonly within?: number }
  | { readonly kind: 'values'; readonly at: Point3; readonly rank: number; readonly title: string; readonly rows: readonly ValueRow[]; readonly selected: boolean };
export type ValueRow = { readonly name: string; readonly value: string; readonly unit: string; readonly state: 'good' | 'stale' | 'bad' | 'uncertain'; readonly alarm: AlarmPriority | null };

export type AnnotationState = {
  readonly zoneRisks: readonly ZoneRisk[];
  readonly riskField: RiskField | null;
  readonly emergencies: readonly Emergency[];
  readonly rings: readonly BlastRing[];
  readonly posts: readonly RescuePost[];
  readonly people: PeoplePositions;
  readonly values: LiveValues;
  readonly alarms: readonly AlarmRow[];
  readonly cameraEvents: readonly CameraEvent[];
  readonly layers: TwinLayers;
  readonly selection: Selection | null;
  readonly language: Language;
  readonly now: number;
};

/** Printable unit of a UCUM code. */
const UNITS: Readonly<Record<string, string>> = { Cel: '°C', '[ppm]': 'ppm', m3: 'm³', 'm3/h': 'm³/h', '1': '', deg: '°', um: 'µm', 'W/m2': 'W/m²', 'kW/m2': 'kW/m²', '{count}': '', '1/min': 'rpm' };
export const unitText = (code: string): string => UNITS[code] ?? code.replace(/[[\]{}]/g, '');

const VALUES_SHOWN = 4;
/** What a camera saw stays on the picture this long after it was last seen. */
const SEEN_MS = 120_000;
/** A position older than this says its age. */
const OLD_POSITION_MS = 30_000;
const ACTIVE = new Set<AlarmRow['state']>(['unacknowledged', 'acknowledged', 'returned', 'latched']);

const STAND_WORDS = { stand: { zh: '救援', en: 'Rescue' }, post: { zh: '预置', en: 'Standby' }, upwind: { zh: '上风', en: 'upwind' }, crosswind: { zh: '侧风', en: 'crosswind' }, calm: { zh: '静风', en: 'calm' } } as const;

/** Draws together what is to be annotated; pure but for what it remembers of the plant. */
export const createAnnotations = (plant: PlantModel): ((state: AnnotationState) => Annotation[]) => {
  const equipment = new Map(plant.equipment.map((item) => [item.id, item]));
  const zones = new Map(plant.zones.map((zone) => [zone.id, zone]));
  const nodes = new Map(plant.walkways.nodes.map((node) => [node.id, node.position]));
  const tagsOf = Map.groupBy(plant.tags.map((tag, index) => ({ tag, index })), ({ tag }) => tag.equipment);
  const detectorByTag = new Map(plant.detectors.map((detector) => [detector.tag, detector]));
  const tagIndex = new Map(plant.tags.map((tag, index) => [tag.id, index]));
  const units = plant.units.flatMap(({ id, name, zone }) => {
    const members = plant.equipment.filter((item) => item.unit === id && item.kind !== 'hydrant' && item.kind !== 'fire-monitor');
    const polygon = zones.get(zone)?.polygon;
    if (members.length === 0 && polygon === undefined) return [];
    const [x, y] = members.length > 0 ? centre(members.map(({ position }): Point => [position[0], position[1]])) : centre(polygon!);
    return [{ id, name, at: [x, y, Math.min(22, Math.max(6, ...members.map((item) => item.size[2]))) + 4] as const }];
  });

  const row = (state: AnnotationState, index: number, alarms: readonly AlarmRow[]): ValueRow => {
    const tag = plant.tags[index]!;
    const { values, language, now } = state;
    const [value, at, quality] = [values.value[index] ?? Number.NaN, values.at[index] ?? Number.NaN, QUALITY_NAMES[values.quality[index] ?? 0] ?? 'bad'];
    const shown = Number.isFinite(value) ? (tag.states?.[value]?.[language] ?? value.toFixed(tag.decimals)) : '—';
    const stale = quality === 'stale';
    const age = Number.isFinite(at) ? ageText(now - at) : '';
    return {
      name: tag.name[language].replace(equipment.get(tag.equipment)?.name[language] ?? ' ', '').trim() || tag.id,
      value: stale ? `${shown}?` : shown,
      unit: stale ? `${unitText(tag.unit)} ${age}`.trim() : tag.states === undefined ? unitText(tag.unit) : '',
      state: stale ? 'stale' : quality === 'bad' ? 'bad' : quality === 'uncertain' ? 'uncertain' : 'good',
      alarm: alarms.reduce<AlarmPriority | null>((worst, alarm) => (alarm.tag === tag.id && (worst === null || alarm.priority < worst) ? alarm.priority : worst), null),
    };
  };

  return (state) => {
    const { layers, language, selection, emergencies } = state;
    const result: Annotation[] = [];
    const active = state.alarms.filter(({ state: alarmState }) => ACTIVE.has(alarmState));
    const place = (alarm: AlarmRow): { key: string; at: Point3 } | null => {
      const detector = detectorByTag.get(alarm.tag);
      if (detector !== undefined) return { key: `detector/${detector.id}`, at: [detector.position[0], detector.position[1], detector.position[2] + 1.2] };
      const item = equipment.get(alarm.equipment);
      return item === undefined ? null : { key: `equipment/${item.id}`, at: [item.position[0], item.position[1], item.position[2] + item.size[2] + 1.5] };
    };
    const placed = Map.groupBy(active.flatMap((alarm) => {
      const where = place(alarm);
      return where === null ? [] : [{ alarm, ...where }];
    }), ({ key }) => key);

    if (layers.alarms) {
      for (const rows of placed.values()) {
        const worst = rows.map(({ alarm }) => alarm).sort((a, b) => Number(a.state === 'acknowledged') - Number(b.state === 'acknowledged') || a.priority - b.priority)[0]!;
        const highest = Math.min(...rows.map(({ alarm }) => alarm.priority)) as AlarmPriority;
        result.push({ kind: 'alarm', at: rows[0]!.at, rank: 1_000 - highest, priority: highest, state: worst.state, count: rows.length });
      }
    }
    if (layers.values) {
      const shown = new Map<string, boolean>();
      const chosen = selection?.kind === 'equipment' ? selection.id : selection?.kind === 'tag' ? plant.tags[tagIndex.get(selection.id) ?? -1]?.equipment : undefined;
      if (chosen !== undefined) shown.set(chosen, true);
      // Beside the worst alarms too, as many as can be read at a glance.
      const worst = [...placed.values()].flatMap((rows) => rows.map(({ alarm }) => alarm)).filter(({ priority }) => priority <= 2).sort((a, b) => a.priority - b.priority || b.raisedAt - a.raisedAt);
      for (const { equipment: id } of worst) if (shown.size < 4 && !shown.has(id)) shown.set(id, false);
      for (const [id, selected] of shown) {
        const item = equipment.get(id);
        if (item === undefined) continue;
        const tags = tagsOf.get(id) ?? [];
        const alarmed = new Set(active.map(({ tag }) => tag));
        const wanted = selection?.kind === 'tag' ? selection.id : '';
        const order = [...tags].sort((a, b) => Number(b.tag.id === wanted) - Number(a.tag.id === wanted) || Number(alarmed.has(b.tag.id)) - Number(alarmed.has(a.tag.id)));
        result.push({ kind: 'values', at: [item.position[0], item.position[1], item.position[2] + item.size[2] * 0.85], rank: selected ? 900 : 700, title: item.name[language], rows: order.slice(0, selected ? VALUES_SHOWN : 2).map(({ index }) => row(state, index, active)), selected });
      }
    }
    if (layers.labels) {
      for (const { name, at } of units) result.push({ kind: 'label', style: 'unit', at, rank: 300, text: name[language] });
      for (const { id, name, position, size, kind } of plant.equipment) {
        const selected = selection?.kind === 'equipment' && selection.id === id;
        if (selected && layers.values) continue;
        const small = kind === 'valve' || kind === 'detector-post' || kind === 'hydrant' || kind === 'pump' || kind === 'fire-monitor' || kind === 'loading-arm' || kind === 'fan' || kind === 'panel';
        result.push({ kind: 'label', style: 'equipment', at: [position[0], position[1], position[2] + size[2] + 0.6], rank: (selected ? 800 : 50) + Math.min(40, size[2]), text: selected ? name[language] : id, selected, within: selected ? Number.POSITIVE_INFINITY : small ? 70 : 190 });
      }
    }
    if (layers.zones) {
      const grades = new Map(state.zoneRisks.map((risk) => [risk.zone, risk]));
      for (const { id, name, polygon, grade: staticGrade } of plant.zones) {
        const risk = grades.get(id);
        const grade = risk?.grade ?? staticGrade;
        const [x, y] = polygon.reduce((best, point) => (point[0] + point[1] * 3 < best[0] + best[1] * 3 ? point : best));
        const selected = selection?.kind === 'zone' && selection.id === id;
        result.push({ kind: 'label', style: 'zone', at: [x + 2, y + 2, 0.5], rank: selected ? 850 : 200 + (risk?.index ?? 0), text: `${GRADE_WORDS[grade][language]}${risk === undefined ? '' : ` ${risk.index.toFixed(0)}`}`, ...(selected ? { note: name[language] } : {}), grade, selected });
      }
    }
    const counts = new Map(emergencies.flatMap(({ muster }) => muster.map((count) => [count.muster, count] as const)));
    for (const { id, name, node } of plant.muster) {
      const position = nodes.get(node);
      if (position === undefined || (!layers.labels && !counts.has(id))) continue;
      const count = counts.get(id);
      result.push({ kind: 'label', style: 'muster', at: [position[0], position[1], 4.6], rank: count === undefined ? 250 : 880, text: count === undefined ? id : name[language], ...(count === undefined ? {} : { note: `${count.arrived}/${count.expected}` }), selected: selection?.kind === 'muster' && selection.id === id });
    }
    if (layers.routes) {
      const stands = emergencies.flatMap(({ rescue }) => rescue ?? []);
      for (const [i, { position: [x, y], distanceM, side }] of stands.entries()) result.push({ kind: 'label', style: 'stand', at: [x, y, 2], rank: 870 - i, text: `${STAND_WORDS.stand[language]} ${i + 1}`, note: `${distanceM.toFixed(0)} m · ${STAND_WORDS[side][language]}` });
      if (stands.length === 0) for (const [i, { position: [x, y] }] of state.posts.entries()) result.push({ kind: 'label', style: 'stand', at: [x, y, 2], rank: 260 - i, text: `${STAND_WORDS.post[language]} ${i + 1}` });
    }
    if (layers.hazard) {
      for (const { plume } of emergencies) {
        if (plume === null) continue;
        for (const { name, severity, level, unit, rings } of plume.contours) {
          const points = rings.flatMap((ring) => pointsOf(ring));
          if (points.length === 0) continue;
          const [x, y] = points.reduce((best, point) => (distance(point, plume.source) > distance(best, plume.source) ? point : best));
          result.push({ kind: 'label', style: 'cloud', at: [x, y, 1], rank: 860 + severity, text: name, ...levelNote({ name, level, unit }), severity });
        }
        result.push({ kind: 'label', style: 'source', at: [plume.source[0], plume.source[1], 2], rank: 890, text: `${Number(plume.rateKgS.p50.toPrecision(2))} kg/s`, note: `${Number(plume.rateKgS.p10.toPrecision(2))}–${Number(plume.rateKgS.p90.toPrecision(2))}` });
      }
    }
    if (layers.hazard) for (const { centre: [x, y], kilopascal, reachM } of state.rings) result.push({ kind: 'label', style: 'criterion', at: [x, y + reachM[1], 1], rank: 840, text: `${kilopascal} kPa`, note: `${reachM[0].toFixed(0)}–${reachM[1].toFixed(0)} m` });
    if (layers.riskField && state.riskField !== null) {
      for (const level of RISK_CRITERIA) {
        const longest = riskContours(state.riskField, level).toSorted((a, b) => lengthOf(b) - lengthOf(a))[0];
        if (longest === undefined) continue;
        const [x, y] = longest.reduce((best, point) => (point[0] - point[1] > best[0] - best[1] ? point : best));
        result.push({ kind: 'label', style: 'criterion', at: [x, y, 0.5], rank: 150, text: `${powerOfTen(level)} /a` });
      }
    }
    if (layers.alarms) {
      for (const { camera: id, text, position, lastAt } of state.cameraEvents) {
        const camera = plant.cameras.find((candidate) => candidate.id === id);
        if (camera === undefined || state.now - lastAt > SEEN_MS) continue;
        const at: Point3 = position === null ? [camera.position[0], camera.position[1], camera.position[2] + 0.6] : [position[0], position[1], 2.2];
        result.push({ kind: 'label', style: 'seen', at, rank: 820, text: text[language], note: ageText(state.now - lastAt) });
      }
    }
    if (selection?.kind === 'person') {
      const index = plant.people.findIndex(({ id }) => id === selection.id);
      const person = plant.people[index];
      if (person !== undefined && Number.isFinite(state.people.x[index]!)) result.push({ kind: 'label', style: 'person', at: [state.people.x[index]!, state.people.y[index]!, (state.people.z[index] ?? 0) + 2.2], rank: 950, text: person.name, note: [person.role[language], ...(state.now - state.people.at[index]! > OLD_POSITION_MS ? [ageText(state.now - state.people.at[index]!)] : []), ...(Number.isFinite(state.people.accuracy[index]!) ? [`±${state.people.accuracy[index]!.toFixed(0)} m`] : [])].join(' · '), selected: true });
    }
    const instrument = selection?.kind === 'detector' ? plant.detectors.find(({ id }) => id === selection.id) : selection?.kind === 'camera' ? plant.cameras.find(({ id }) => id === selection.id) : undefined;
    if (instrument !== undefined) {
      const { position, name } = instrument;
      if ('tag' in instrument) result.push({ kind: 'values', at: [position[0], position[1], position[2]], rank: 900, title: name[language], rows: [row(state, tagIndex.get(instrument.tag) ?? 0, active)], selected: true });
      else result.push({ kind: 'label', style: 'equipment', at: [position[0], position[1], position[2] + 0.6], rank: 900, text: name[language], selected: true });
    }
    return result.sort((a, b) => b.rank - a.rank);
  };
};

/** Level and unit of a contour beside its name, unless the name says them already (`12.5 kW/m²`). */
export const levelNote = ({ name, level, unit }: Pick<HazardContour, 'name' | 'level' | 'unit'>): { readonly note?: string } => {
  const note = `${Number(level.toPrecision(3))} ${unitText(unit)}`;
  return name === note ? {} : { note };
};

/** `12 s`, `3 min`, `2 h`: how old something is. */
export const ageText = (ms: number): string => (ms < 60_000 ? `${Math.max(0, Math.round(ms / 1_000))} s` : ms < 3_600_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`);
