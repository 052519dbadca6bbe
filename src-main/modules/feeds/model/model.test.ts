import { expect, it } from 'vitest';
import { Quality } from '../../../../src-shared/kernel/index.ts';
import { buildPlant } from '../../../testing/buildPlant.ts';
import { toFeedTags } from './feedTag.ts';
import { bindMappings, templateReader, topicFilters } from './mapping.ts';
import { fromStatusCode, readQuality } from './quality.ts';
import { decodeSparkplug, encodeSparkplug, SparkplugType } from './sparkplugPayload.ts';
import { createRhythm } from './rhythm.ts';
import { createSkewEstimate, DEFAULT_BOUNDS, judgeTime, readTime } from './timeBounds.ts';

const tags = toFeedTags(buildPlant());
const indexOf = (id: string) => tags.findIndex((tag) => tag.id === id);

it('lays templates over tags both ways; the first mapping that names a tag has it', () => {
  const book = bindMappings([{ tags: ['PT-*'], address: 'special/{tag}' }, { tags: ['*T-1*'], address: '{area}/{unit}/{equipment}/{tag}' }, { tags: ['WS'], address: 'mast/+/wind/#' }], tags);
  expect(book.find('special/PT-101')?.only).toBe(indexOf('PT-101'));
  expect(book.find('A1/U1/TK-101/PT-101')).toBeUndefined();
  expect(book.find('A1/U1/TK-101/GT-101')?.only).toBe(indexOf('GT-101'));
  expect(book.find('mast/north/wind/speed')?.only).toBe(indexOf('WS'));
  expect([...book.tags]).toEqual(['PT-101', 'LT-101', 'GT-101', 'WS'].map(indexOf));
  const shared = bindMappings([{ tags: ['PT-101', 'LT-101'], address: 'batch' }], tags).find('batch');
  expect(shared?.only).toBe(-1);
  expect(shared?.byId.get('LT-101')).toBe(indexOf('LT-101'));
});

it('subscribes to as few filters as cover all templates', () => {
  expect(topicFilters(['a/{tag}', 'a/{tag}', 'a/b', 'c/{unit}-{tag}/v', 'd'])).toEqual(['a/+', 'c/+/v', 'd']);
  const read = templateReader('people/{wearable}/position', 'wearable');
  expect([read('people/W1/position'), read('people/W1/x/position'), read('people//position')]).toEqual(['W1', undefined, undefined]);
});

it('reads times in ms, s and ISO and judges them', () => {
  expect([readTime(1_767_225_600_000), readTime(1_767_225_600), readTime('1767225600'), readTime('2026-01-01T00:00:00Z')]).toEqual(Array.from({ length: 4 }, () => 1_767_225_600_000));
  expect([readTime('soon'), readTime(''), readTime(null), readTime({})]).toEqual(Array.from({ length: 4 }, () => Number.NaN));
  const seenAt = Date.UTC(2026, 5, 1);
  const judge = (age: number, arrival: 'reported' | 'current' | 'retained' | 'historical') => judgeTime(DEFAULT_BOUNDS, { at: seenAt - age, seenAt, arrival });
  expect([judge(0, 'reported'), judge(31_000, 'reported'), judge(-59_000, 'reported'), judge(-61_000, 'reported'), judge(seenAt, 'reported')]).toEqual(['live', 'history', 'live', 'time-ahead', 'time-too-old']);
  expect([judge(86_400_000 * 400, 'current'), judge(seenAt, 'current'), judge(86_400_000, 'historical'), judge(86_400_000 * 31, 'historical')]).toEqual(['live', 'time-too-old', 'history', 'time-too-old']);
  expect(judge(Number.NaN, 'reported')).toBe('time-unreadable');
});

it('takes the least delayed sample of the last minute for the source clock', () => {
  const skew = createSkewEstimate();
  expect(skew.get()).toBe(0);
  for (let second = 0; second < 20; second += 1) skew.observe(second * 1_000 + 500 - (second % 5) * 100, second * 1_000);
  expect(skew.get()).toBe(500);
  for (let second = 20; second < 100; second += 1) skew.observe(second * 1_000 - 200, second * 1_000);
  expect(skew.get()).toBe(-200);
});

it('reads quality as its words and codes mean, bad rather than good when in doubt', () => {
  const classic = (raw: unknown) => readQuality(raw, 'opc-classic');
  expect([undefined, null, 'GOOD', true, 192, 216].map(classic)).toEqual(Array.from({ length: 6 }, () => Quality.good));
  expect(['bad', false, 0, 24].map(classic)).toEqual(Array.from({ length: 4 }, () => Quality.bad));
  expect(['odd', 64, {}, -1, Number.NaN].map(classic)).toEqual(Array.from({ length: 5 }, () => Quality.uncertain));
  expect([0, 0x40000000, 0x80000000, 0x80340000].map((code) => readQuality(code, 'opc-ua'))).toEqual([Quality.good, Quality.uncertain, Quality.bad, Quality.bad]);
  expect(fromStatusCode(0xc0000000)).toBe(Quality.bad);
});

it('decodes every numeric type of Sparkplug, negative ones too', () => {
  const metric = (name: keyof typeof SparkplugType, value: number | boolean | string | null) => ({ name, datatype: SparkplugType[name], value });
  const written = [metric('Int8', -9), metric('Int16', -300), metric('Int32', -70_000), metric('Int64', -9), metric('Int64', -(2 ** 52)), metric('UInt8', 250), metric('UInt16', 65_535), metric('UInt32', 4_294_967_295), metric('UInt64', 2 ** 52), metric('Float', 1.5), metric('Double', -0.1), metric('Boolean', true), metric('String', '开'), metric('DateTime', 1_767_225_600_123), metric('Double', null)];
  const { metrics, timestamp, seq } = decodeSparkplug(encodeSparkplug({ timestamp: 1_767_225_600_000, seq: 255, metrics: written }));
  expect(metrics.map(({ value }) => value)).toEqual(written.map(({ value }) => value));
  expect([timestamp, seq]).toEqual([1_767_225_600_000, 255]);
  // Data by alias states no type: −1 as Int8 travels as 255.
  const byAlias = Buffer.from('1206' + '10ac02' + '50ff01', 'hex');
  expect(decodeSparkplug(byAlias, ({ alias }) => (alias === 300 ? SparkplugType.Int8 : null)).metrics[0]?.value).toBe(-1);
  expect(decodeSparkplug(byAlias).metrics[0]?.value).toBe(255);
});

it('reads a payload that its own encoder did not write', () => {
  // Hand-assembled after the published schema: timestamp 1486144502122, one metric `Voltage`, alias 1, Float 12.5, historical, seq 2.
  const bytes = Buffer.from('08eaf2f5a8a02b121b0a07566f6c746167651001 18eaf2f5a8a02b20092801650000484118 02'.replaceAll(' ', ''), 'hex');
  expect(decodeSparkplug(bytes)).toMatchObject({ timestamp: 1_486_144_502_122, seq: 2, metrics: [{ name: 'Voltage', alias: 1, datatype: 9, isHistorical: true, value: 12.5, timestamp: 1_486_144_502_122 }] });
});

it('notices one tag that falls silent while others go on, by its own rhythm, and never a discrete one', () => {
  const rhythm = createRhythm(tags, 5_000);
  const [steady, slow, discrete, rare] = ['PT-101', 'LT-101', 'XS-201', 'WS'].map(indexOf) as [number, number, number, number];
  for (let second = 0; second <= 400; second += 1) {
    if (second <= 100) rhythm.saw(steady, second * 1_000);
    if (second % 40 === 0) rhythm.saw(slow, second * 1_000);
    if (second <= 100) rhythm.saw(discrete, second * 1_000);
    if (second < 3) rhythm.saw(rare, second * 1_000);
    if (second === 105) expect([...rhythm.takeSilent(second * 1_000)]).toEqual([]);
    if (second === 106) expect([...rhythm.takeSilent(second * 1_000)]).toEqual([steady]);
  }
  expect([...rhythm.takeSilent(400_000)]).toEqual([]);
  expect([...rhythm.takeSilent(521_000)]).toEqual([slow]);
  expect([...rhythm.takeSilent(900_000)]).toEqual([]);
});
