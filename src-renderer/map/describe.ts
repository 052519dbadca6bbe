import { type Language, QUALITY_NAMES, type Text } from '../../src-shared/kernel/index.ts';
import { EQUIPMENT_WORDS, type PlantModel, SUBSTANCE_WORDS } from '../../src-shared/plant/index.ts';
import type { Selection, TwinSources } from '../scene/twinProps.ts';
import { ageText, unitText } from './annotations.ts';
import { GRADE_WORDS } from './palette.ts';

/** What the pointer is over: something selectable, or a pipe. */
export type Hovered = Selection | { readonly kind: 'pipe'; readonly id: string };
export type Description = { readonly title: string; readonly subtitle: string; readonly rows: readonly (readonly [name: string, value: string])[] };

const WORDS = {
  position: { zh: '位置更新', en: 'position' },
  ago: { zh: '前', en: 'ago' },
  people: { zh: '人数', en: 'people' },
  index: { zh: '风险指数', en: 'risk index' },
  capacity: { zh: '容量', en: 'capacity' },
  arrived: { zh: '已到/应到', en: 'arrived/expected' },
  persons: { zh: '人', en: 'people' },
  pipe: { zh: '管线', en: 'pipe' },
  camera: { zh: '摄像机', en: 'camera' },
  diameter: { zh: '管径', en: 'diameter' },
} as const satisfies Record<string, Text>;

/** A few lines about one thing, for the tooltip; null when the plant does not know it. */
export const describe = (hovered: Hovered, plant: PlantModel, context: { sources: TwinSources; language: Language; now: number }): Description | null => {
  const { sources, language, now } = context;
  const reading = (index: number): string => {
    const { value, at, quality } = sources.values.get();
    const [tag, number] = [plant.tags[index]!, value[index] ?? Number.NaN];
    if (!Number.isFinite(number)) return '—';
    const name = QUALITY_NAMES[quality[index] ?? 0];
    const text = tag.states?.[number]?.[language] ?? `${number.toFixed(tag.decimals)} ${unitText(tag.unit)}`;
    return name === 'stale' ? `${text} ? ${ageText(now - (at[index] ?? now))}` : name === 'bad' ? `${text} ✕` : text;
  };
  const tagRows = (equipment: string, count: number) =>
    plant.tags
      .flatMap((tag, index) => (tag.equipment === equipment ? [[tag.name[language].replace(plant.equipment.find(({ id }) => id === equipment)?.name[language] ?? ' ', '').trim() || tag.id, reading(index)] as const] : []))
      .slice(0, count);
  switch (hovered.kind) {
    case 'equipment': {
      const item = plant.equipment.find(({ id }) => id === hovered.id);
      if (item === undefined) return null;
      const substance = item.substance === undefined ? '' : ` · ${SUBSTANCE_WORDS[item.substance][language]}`;
      return { title: item.name[language], subtitle: `${item.id} · ${EQUIPMENT_WORDS[item.kind][language]}${substance}`, rows: tagRows(item.id, 5) };
    }
    case 'tag': {
      const index = plant.tags.findIndex(({ id }) => id === hovered.id);
      return index < 0 ? null : { title: plant.tags[index]!.name[language], subtitle: hovered.id, rows: [['', reading(index)]] };
    }
    case 'detector': {
      const detector = plant.detectors.find(({ id }) => id === hovered.id);
      if (detector === undefined) return null;
      const index = plant.tags.findIndex(({ id }) => id === detector.tag);
      return { title: detector.name[language], subtitle: detector.substance === undefined ? detector.id : `${detector.id} · ${SUBSTANCE_WORDS[detector.substance][language]}`, rows: index < 0 ? [] : [['', reading(index)]] };
    }
    case 'camera': {
      const camera = plant.cameras.find(({ id }) => id === hovered.id);
      if (camera === undefined) return null;
      const seen = sources.cameraEvents.get().filter((event) => event.camera === camera.id);
      return { title: camera.name[language], subtitle: `${camera.id} · ${WORDS.camera[language]}`, rows: seen.slice(0, 3).map(({ text, lastAt }) => [text[language], `${ageText(now - lastAt)}`] as const) };
    }
    case 'person': {
      const index = plant.people.findIndex(({ id }) => id === hovered.id);
      const person = plant.people[index];
      if (person === undefined) return null;
      const at = sources.people.get().at[index] ?? Number.NaN;
      return { title: person.name, subtitle: `${person.role[language]} · ${person.team[language]}`, rows: Number.isFinite(at) ? [[WORDS.position[language], `${ageText(now - at)} ${WORDS.ago[language]}`]] : [] };
    }
    case 'zone': {
      const zone = plant.zones.find(({ id }) => id === hovered.id);
      if (zone === undefined) return null;
      const risk = sources.zoneRisks.get().find((row) => row.zone === zone.id);
      const causes = (risk?.causes ?? []).slice(0, 3).map(({ text, points }) => [text[language], `+${points.toFixed(0)}`] as const);
      return { title: zone.name[language], subtitle: GRADE_WORDS[risk?.grade ?? zone.grade][language], rows: risk === undefined ? [] : [[WORDS.index[language], risk.index.toFixed(0)], [WORDS.people[language], String(risk.people)], ...causes] };
    }
    case 'muster': {
      const muster = plant.muster.find(({ id }) => id === hovered.id);
      if (muster === undefined) return null;
      const count = sources.emergencies.get().flatMap((emergency) => emergency.muster).find((row) => row.muster === muster.id);
      return { title: muster.name[language], subtitle: muster.id, rows: [[WORDS.capacity[language], `${muster.capacity} ${WORDS.persons[language]}`], ...(count === undefined ? [] : [[WORDS.arrived[language], `${count.arrived}/${count.expected}`] as const])] };
    }
    case 'pipe': {
      const pipe = plant.pipes.find(({ id }) => id === hovered.id);
      return pipe === undefined ? null : { title: `${SUBSTANCE_WORDS[pipe.substance][language]} ${WORDS.pipe[language]}`, subtitle: pipe.id, rows: [[`${pipe.from ?? '—'} → ${pipe.to ?? '—'}`, `DN ${Math.round(pipe.diameter * 1_000)}`]] };
    }
  }
};
