import type { AssetHealth, Emergency, FeedRow, Lineage, WeatherNow, ZoneForecast, ZoneRisk, RiskField } from '../src-shared/contract/index.ts';
import { text, type Table, type Text } from '../src-shared/kernel/index.ts';
import { matchesGlob, type Feed, type SiteFile } from '../src-shared/plant/index.ts';
import type { Feeds } from './modules/feeds/index.ts';
import type { Registry } from './modules/registry/index.ts';
import type { Values } from './modules/values/index.ts';

type Rows<R> = Pick<Table<string, R>, 'get'>;
export type LineageDependencies = {
  readonly site: SiteFile;
  readonly registry: Registry;
  readonly feeds: Pick<Feeds, 'claimsOf'> & { readonly table: Rows<FeedRow> };
  readonly values: Pick<Values, 'last'>;
  readonly inference: { readonly assets: Rows<AssetHealth> };
  readonly risk: { readonly zones: Rows<ZoneRisk>; readonly forecasts: Rows<ZoneForecast>; readonly field: { get(): RiskField | null }; readonly weather: { get(): WeatherNow } };
  readonly emergency: { readonly table: Rows<Emergency> };
  /** Version of the program, which the engines share, and of the model in force. */
  readonly versions: { readonly program: string; model(): number };
};
type Step = Lineage['steps'][number];
type Asked = { readonly tag: string } | { readonly computed: string; readonly subject: string };

/** Where any value comes from (一数一源): source, rule, when. Null for what nobody knows. */
export const createLineage = ({ site, registry, feeds, values, inference, risk, emergency, versions }: LineageDependencies): ((of: Asked) => Lineage | null) => {
  const feedOf = new Map(site.feeds.map((feed) => [feed.id, feed]));
  const modelVersion = (): string => `${registry.plant.id} ${registry.version}${versions.model() === 0 ? '' : ` + ${versions.model()}`}`;
  const computed = (subject: string, { unit, at, steps }: { readonly unit: string; readonly at: number; readonly steps: readonly Step[] }): Lineage => ({ subject, unit, source: null, rivals: [], steps: [...steps], at, seenAt: at, quality: null, modelVersion: modelVersion() });
  const engine = (zh: string, en: string, model: string): Step => ({ rule: text(zh, en), detail: model });

  /** Which feeds carry these tags, the first few by name. */
  const carriersStep = (zh: string, en: string, tags: readonly string[]): Step => {
    const carriers = new Set(tags.flatMap((tag) => feeds.claimsOf(registry.tagIndex(tag) ?? -1).slice(0, 1).map(({ feed }) => feed)));
    return { rule: text(zh, en), detail: `${tags.slice(0, 2).join(', ')} … (${tags.length}) ← ${[...carriers].join(', ')}` };
  };

  const ofTag = (id: string): Lineage | null => {
    const index = registry.tagIndex(id);
    if (index === undefined) return null;
    const tag = registry.tagAt(index);
    const last = values.last(index);
    const [claim, ...rivals] = feeds.claimsOf(index);
    const feed = claim === undefined ? undefined : feedOf.get(claim.feed);
    const mapping = feed?.mappings.find(({ tags }) => tags.some((pattern) => matchesGlob(pattern, id)));
    return {
      subject: id,
      unit: tag.unit,
      source: claim === undefined || feed === undefined ? null : { id: feed.id, kind: feed.kind, url: feed.url, address: claim.address, state: feeds.table.get(feed.id)?.state ?? 'connecting' },
      steps: feed === undefined || mapping === undefined ? [] : [{ rule: text('映射', 'Mapping'), detail: `${mapping.address}  (${mapping.tags.filter((pattern) => matchesGlob(pattern, id)).join(', ')})` }, ...rulesOf(feed, mapping), unitStep(tag.unit)],
      rivals: rivals.map(({ feed: other }) => other),
      at: last?.at ?? null,
      seenAt: last === undefined || Number.isNaN(last.seenAt) ? null : last.seenAt,
      quality: last?.quality ?? null,
      modelVersion: modelVersion(),
    };
  };

  const ofComputed = (kind: string, subject: string): Lineage | null => {
    switch (kind) {
      case 'risk-index': {
        const row = risk.zones.get(subject);
        return row === undefined ? null : computed(subject, { unit: '1', at: row.at, steps: [engine('引擎:人机环管风险指数', 'Engine: zone risk index of four factors', `anlan risk/zone-index ${versions.program}`), { rule: text('输入', 'Inputs'), detail: row.causes.flatMap(({ evidence }) => evidence.map(({ kind: what, id, value }) => `${what} ${id} ${value}`)).join('; ') }] });
      }
      case 'risk-forecast': {
        const row = risk.forecasts.get(subject);
        return row === undefined ? null : computed(subject, { unit: '1', at: row.at, steps: [engine('引擎:风险指数推演', 'Engine: risk index carried ahead', `anlan risk/forecast ${versions.program}`), { rule: text('天气', 'Weather'), detail: risk.weather.get().forecast === null ? 'persistence 24 h' : `forecast of ${risk.weather.get().source}` }] });
      }
      case 'risk-field': {
        const row = risk.field.get();
        return row === null ? null : computed('', { unit: '/a', at: row.at, steps: [engine('引擎:个人风险', 'Engine: individual risk', `${row.model}; ${versions.program}`)] });
      }
      case 'remaining-life': {
        const row = inference.assets.get(subject);
        return row === undefined ? null : computed(subject, { unit: 'd', at: row.at, steps: [engine('模型:剩余寿命', 'Model: remaining life', row.model), ...row.drivers.map(({ tag, text: rule, weight }): Step => ({ rule, detail: `${tag} ${(100 * weight).toFixed(0)} %` }))] });
      }
      case 'plume': {
        const plume = emergency.table.get(subject)?.plume ?? null;
        return plume === null ? null : computed(subject, { unit: 'm', at: plume.at, steps: [engine('引擎:扩散与源强反算', 'Engine: dispersion and source estimate', `${plume.model}; ${versions.program}`), carriersStep('探测器', 'Detectors', registry.plant.detectors.map(({ tag }) => tag)), { rule: text('风', 'Wind'), detail: `${plume.wind.speed.toFixed(1)} m/s, ${plume.wind.fromDegrees.toFixed(0)}°, ${plume.stability}; ${risk.weather.get().name}` }] });
      }
      case 'weather': {
        const now = risk.weather.get();
        const [zh, en] = now.isFallback ? ['备用:厂内气象杆', "Fallback: the plant's mast"] : ['厂内气象杆', "The plant's mast"];
        const source = now.source === 'mast' ? carriersStep(zh, en, Object.values(registry.plant.weather)) : { rule: text('来源', 'Source'), detail: now.name };
        return { ...computed('', { unit: 'm/s', at: now.at ?? 0, steps: [source, { rule: text('平均', 'Averaging'), detail: 'vector mean, 10 s' }] }), at: now.at };
      }
      default:
        return null;
    }
  };
  return (of) => ('tag' in of ? ofTag(of.tag) : ofComputed(of.computed, of.subject));
};

/** How a feed reads what it is sent: everything of its settings that shapes a value. */
const rulesOf = (feed: Feed, mapping: Feed['mappings'][number]): Step[] => {
  if (feed.kind === 'opcua') return [{ rule: text('读取', 'Reading'), detail: `subscription ${feed.publishingIntervalMs} ms, sampling ${feed.samplingIntervalMs} ms, ${feed.securityMode} ${feed.securityPolicy}` }, { rule: text('时间', 'Time'), detail: 'SourceTimestamp (OPC UA)' }];
  if (feed.kind === 'sparkplug') return [{ rule: text('读取', 'Reading'), detail: `Sparkplug B 3.0 metric, groups ${feed.groups.join(', ')}` }, { rule: text('时间', 'Time'), detail: 'metric timestamp (Sparkplug B)' }];
  const payload = ('payload' in mapping ? mapping.payload : undefined) ?? feed.payload;
  return [{ rule: text('读取', 'Reading'), detail: JSON.stringify(payload) }];
};
const unitStep = (unit: string): Step => ({ rule: text('单位', 'Unit') satisfies Text, detail: `${unit} (UCUM)` });
