import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { buildPlant, buildRecords, buildSite } from '../testing/buildPlant.ts';
import { temporaryFolder } from '../testing/temporary.ts';
import { loadConfig, loadSite, publishedSchemas, type Config } from './index.ts';

type Paths = Readonly<Record<string, unknown>>;

const OPCUA = { id: 'ua', kind: 'opcua', url: 'opc.tcp://127.0.0.1:4840', userCertificate: { certificate: 'user.pem', key: 'user-key.pem' } };

/** Sets dotted paths (`tags.0.unit`) in a copy; undefined removes. */
const broken = (source: unknown, changes: Paths): unknown => {
  const copy = structuredClone(source);
  for (const [path, value] of Object.entries(changes)) {
    const parts = path.split('.');
    const last = parts.pop() ?? '';
    const target = parts.reduce<unknown>((node, part) => (node as Paths)[part], copy) as Record<string, unknown>;
    if (value === undefined) delete target[last];
    else target[last] = value;
  }
  return copy;
};

const load = (changes: { site?: Paths; plant?: Paths; records?: Paths } = {}) => {
  using folder = temporaryFolder();
  const records = buildRecords({ permits: [{ id: 'PW-1', kind: 'hot-work', title: { zh: '动火', en: 'Hot work' }, zone: 'Z1', from: '-1h', to: '+3h', people: ['P1'] }] });
  const file = folder.file('site.yaml');
  writeFileSync(file, stringify(broken({ ...buildSite(), records: 'records.yaml' }, changes.site ?? {})));
  writeFileSync(folder.file('plant.json'), JSON.stringify(broken(buildPlant(), changes.plant ?? {})));
  writeFileSync(folder.file('records.yaml'), stringify(broken(records, changes.records ?? {})));
  return loadSite(file);
};
const problemsOf = (changes: Parameters<typeof load>[0]) => {
  const loaded = load(changes);
  return loaded.ok ? [] : loaded.refusal.problems;
};
const pathsOf = (changes: Parameters<typeof load>[0]) => problemsOf(changes).map((problem) => problem.path);

describe('loadSite', () => {
  it('gives site, plant and records of sound files', () => {
    const loaded = load();
    expect(loaded.ok && [loaded.value.site.id, loaded.value.plant.tags.length, loaded.value.records.permits.length]).toEqual(['tiny', 9, 1]);
  });

  it('names every wrong field of all three files in one pass, in both languages, with the line', () => {
    const problems = problemsOf({
      site: { 'feeds.0.url': 'http://x', 'users.0.pin': '12', colour: 'red' },
      plant: { 'tags.0.unit': '', 'equipment.1.zone': 'Z9', 'zones.0.grade': 'severe' },
      records: { 'permits.0.zone': 'Z7' },
    });
    expect(problems.map((problem) => problem.path).toSorted()).toEqual(['colour', 'equipment[1].zone', 'feeds[0].url', 'permits[0].zone', 'tags[0].unit', 'users[0].pin', 'zones[0].grade']);
    const url = problems.find((problem) => problem.path === 'feeds[0].url');
    expect(url?.line).toBeGreaterThan(1);
    expect(url?.text).toEqual({ zh: '应为网址，协议为 mqtt 或 mqtts 或 ws 或 wss', en: 'a URL with scheme mqtt or mqtts or ws or wss' });
  });

  it.each([
    ['a repeated id', { 'cameras.1': { ...buildPlant().cameras[0] } }, 'cameras[1].id'],
    ['a tag of unknown equipment', { 'tags.1.equipment': 'TK-999' }, 'tags[1].equipment'],
    ['a detector without its tag', { 'detectors.0.tag': 'GT-9' }, 'detectors[0].tag'],
    ['HI above HIHI', { 'tags.0.alarms.1.limit': 2 }, 'tags[0].alarms[0].limit'],
    ['two alarms of a kind', { 'tags.0.alarms.1.kind': 'HIHI' }, 'tags[0].alarms[1].kind'],
    ['a limit outside the range', { 'tags.0.alarms.0.limit': 3 }, 'tags[0].alarms[0].limit'],
    ['a reversed range', { 'tags.1.range': [100, 0] }, 'tags[1].range'],
    ['equipment outside the site', { 'equipment.0.position': [500, 0, 0] }, 'equipment[0].position'],
    ['a muster point off the graph', { 'muster.0.node': 'N9' }, 'muster[0].node'],
    ['an edge to nowhere', { 'walkways.edges.0.to': 'N9' }, 'walkways.edges[0].to'],
    ['an unknown weather tag', { 'weather.humidity': 'XX' }, 'weather.humidity'],
    ['two people on one wearable', { 'people.1.wearable': 'W1' }, 'people[1].wearable'],
    ['a level tag that is none', { 'equipment.0.inventory.levelTag': 'LT-9' }, 'equipment[0].inventory.levelTag'],
    ['a protection supplied by a tag that is none', { 'equipment.0.protections': { deluge: { rateLMinM2: 9, supply: [{ anyOf: ['PT-101', 'PT-9'], atLeast: 0.5 }] } } }, 'equipment[0].protections.deluge.supply[0].anyOf[1]'],
    ['a wrong priority', { 'tags.0.alarms.0.priority': 7 }, 'tags[0].alarms[0].priority'],
  ])('refuses %s', (_name, plant, path) => {
    expect(pathsOf({ plant })).toEqual([path]);
  });

  it.each([
    ['a tag pattern that matches nothing', { 'feeds.0.mappings.0.tags': ['FT-*'] }, 'feeds[0].mappings[0].tags[0]'],
    ['an unknown placeholder', { 'feeds.0.mappings.0.address': 'a/{tagg}' }, 'feeds[0].mappings[0].address'],
    ['a plain number for many tags', { 'feeds.0.mappings.0': { tags: ['*'], address: 'a', payload: { format: 'number' } } }, 'feeds[0].mappings[0].address'],
    ['a preset without a field', { 'feeds.0.mappings.0': { tags: ['*'], address: 'a', payload: { format: 'preset', preset: 'chirpstack-v4' } } }, 'feeds[0].mappings[0].address'],
    ['a payload form that there is not', { 'feeds.0.mappings.0': { tags: ['*'], address: 'a', payload: { format: 'xml' } } }, 'feeds[0].mappings[0].payload.format'],
    ['a CSV line without a word on time', { 'feeds.0.payload': { format: 'csv', value: 1 } }, 'feeds[0].payload.time'],
    ['a CSV column that there is not', { 'feeds.0.payload': { format: 'csv', value: 'v', time: null, columns: ['w'] } }, 'feeds[0].payload.value'],
    ['a certificate that is not there', { 'feeds.0.tls': { ca: 'ca.pem' } }, 'feeds[0].tls.ca'],
    ['a user certificate that is not there', { 'feeds.1': OPCUA }, 'feeds[1].userCertificate.certificate'],
    ['a user certificate beside a user name', { 'feeds.1': { ...OPCUA, user: 'anlan' } }, 'feeds[1].userCertificate'],
    ['a plant file that is not there', { plant: 'other.json' }, 'plant'],
    ['an unknown kind of feed', { 'feeds.0.kind': 'modbus' }, 'feeds[0].kind'],
  ])('refuses %s', (_name, site, path) => {
    expect(pathsOf({ site })).toContain(path);
  });

  it('refuses a permit that ends before it begins', () => {
    expect(pathsOf({ records: { 'permits.0.to': '-2h' } })).toEqual(['permits[0].to']);
  });

  it('says what is wrong with files that are none', () => {
    using folder = temporaryFolder();
    const write = (content: string) => {
      writeFileSync(folder.file('site.yaml'), content);
      const loaded = loadSite(folder.file('site.yaml'));
      return loaded.ok ? '' : loaded.refusal.text.en;
    };
    expect(write('a: [1')).toContain('not valid YAML');
    expect(write('a: 1\na: 2')).toContain('site.yaml:2');
    expect(write('')).toContain('expected object');
    expect(loadSite(folder.file('none.yaml'))).toMatchObject({ ok: false, refusal: { code: 'SiteFile', problems: [{ text: { zh: '文件不存在' } }] } });
  });
});

describe('loadConfig', () => {
  const defaults: Config = { site: null, scenario: 'normal', port: 0, dataDir: 'data', shell: 'none', logLevel: 'info' };

  it('takes arguments over environment over defaults, frozen', () => {
    const config = loadConfig({ argv: ['--port', '9000'], env: { ANLAN_PORT: '8000', ANLAN_DATA_DIR: '/d' }, defaults });
    expect(config).toEqual({ ok: true, value: { ...defaults, port: 9000, dataDir: '/d' } });
    expect(config.ok && Object.isFrozen(config.value)).toBe(true);
  });

  it.each([
    [['--port', 'x'], {}, '--port'],
    [['--port', '70000'], {}, '--port'],
    [['--shell', 'window'], {}, '--shell'],
    [['--sight', 'x'], {}, '--sight'],
    [['stray'], {}, 'stray'],
    [[], { ANLAN_LOG_LEVEL: 'loud' }, 'ANLAN_LOG_LEVEL'],
  ])('refuses %j %j naming it', (argv, env, name) => {
    const config = loadConfig({ argv, env, defaults });
    expect(config.ok ? '' : config.refusal.text.en).toContain(name);
    expect(config.ok ? '' : config.refusal.text.zh).toContain(name);
  });
});

it('keeps the published schemas current', () => {
  for (const [name, content] of Object.entries(publishedSchemas())) expect(readFileSync(new URL(`../../docs/schema/${name}`, import.meta.url), 'utf8'), `run node src-main/commands/schema.ts`).toBe(content);
});
