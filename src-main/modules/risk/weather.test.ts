import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { HOUR, MINUTE, Quality, SECOND } from '../../../src-shared/kernel/index.ts';
import { WeatherSource } from '../../../src-shared/plant/index.ts';
import { fetchJson } from '../../platform/fetchJson.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { createFakeClock } from '../../testing/fakeClock.ts';
import { until } from '../../testing/until.ts';
import { createRegistry } from '../registry/index.ts';
import { hourAt, readAnswer } from './model/weatherReading.ts';
import { createWeatherWatch } from './index.ts';

/** A weather service over a real socket: what it answers next, and how often it was asked. */
const serve = async (answer: () => { readonly status: number; readonly body: string }) => {
  let asked = 0;
  const keys: unknown[] = [];
  const server = createServer((request, response) => {
    asked += 1;
    keys.push(request.headers['x-key']);
    const { status, body } = answer();
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/now`, asked: () => asked, keys, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())) };
};

const FIELDS = { windSpeed: { path: 'wind.kmh', unit: 'km/h' }, windDirection: { path: 'wind.from', unit: 'deg' }, temperature: { path: 'air.f', unit: '[degF]' }, pressure: { path: 'air.hpa', unit: 'hPa' }, rain: { path: 'rain', unit: 'mm/h' } };
const service = (url: string): WeatherSource =>
  WeatherSource.parse({ kind: 'http', url, headers: { 'x-key': 'k1' }, intervalS: 60, staleAfterS: 300, time: 'time', now: FIELDS, forecast: { time: 'hourly.time', fields: { windSpeed: { path: 'hourly.speed', unit: 'm/s' }, windDirection: { path: 'hourly.from', unit: 'deg' }, temperature: { path: 'hourly.t', unit: 'Cel' } } } });

const rig = (source: WeatherSource | undefined) => {
  const clock = createFakeClock();
  const registry = createRegistry({ plant: buildPlant() });
  const told = new Map<number, { at: number; value: number; quality: number }>();
  const tell = (tag: string, value: number, quality: number = Quality.good) => void told.set(registry.tagIndex(tag) ?? -1, { at: clock.now(), value, quality });
  const watch = createWeatherWatch({ registry, values: { last: (tag) => told.get(tag) }, clock, source, fetchJson });
  const state = () => {
    watch.tick();
    return watch.state.get();
  };
  return { clock, tell, watch, state };
};

it('follows a weather service, falls back to the mast while it is silent, and returns to it', async () => {
  let status = 200;
  const clockOf: { now(): number } = { now: () => 0 };
  await using server = await serve(() => ({ status, body: JSON.stringify({ time: new Date(clockOf.now()).toISOString(), wind: { kmh: 36, from: 90 }, air: { f: 212 - 162, hpa: 1013 }, rain: 0.4, hourly: { time: [0, 1, 2].map((hour) => clockOf.now() + hour * HOUR), speed: [10, 18, 24], from: [90, 100, 110], t: [9, 8, 7] } }) }));
  const { clock, tell, watch, state } = rig(service(server.url));
  using _ended = watch;
  clockOf.now = clock.now;
  tell('WS', 3);
  tell('WD', 270);
  // Before the service has answered the mast stands in.
  expect(state()).toMatchObject({ source: 'mast', isFallback: true, windSpeed: 3, windFrom: 270 });
  clock.advance(MINUTE);
  await until(() => state().source === 'service', 'the service has answered');
  expect(server.keys[0]).toBe('k1');
  for (let second = 0; second < 120; second += 1) {
    clock.advance(SECOND / 2);
    watch.now();
  }
  expect(state()).toMatchObject({ isFallback: false, since: null, why: null, temperatureC: expect.closeTo(10, 6), pressurePa: 101_300, rain: 0.4, windSpeed: expect.closeTo(10, 1), windFrom: expect.closeTo(90, 0) });
  expect(watch.hours().map(({ windSpeed }) => windSpeed)).toEqual([10, 18, 24]);
  expect(hourAt(watch.hours(), clock.now() + 90 * MINUTE)?.windSpeed).toBe(18);

  status = 503;
  const before = server.asked();
  clock.advance(MINUTE);
  await until(() => server.asked() > before, 'it was asked again');
  expect(state().source).toBe('service');
  clock.advance(5 * MINUTE);
  await until(() => state().why?.en === 'HTTP 503', 'the reason is told');
  tell('WS', 4);
  tell('WD', 180);
  expect(state()).toMatchObject({ source: 'mast', isFallback: true, forecast: null, why: { zh: '气象服务:HTTP 503' }, at: clock.now() });
  expect(watch.hours()).toEqual([]);
  status = 200;
  clock.advance(MINUTE);
  await until(() => state().source === 'service', 'the service is back');
  expect(state().isFallback).toBe(false);
});

it('takes other tags first and the mast while they are not usable', () => {
  const { clock, tell, state } = rig(WeatherSource.parse({ kind: 'tags', windSpeed: 'VT-201', windDirection: 'LT-101' }));
  tell('WS', 5);
  tell('WD', 45);
  expect(state()).toMatchObject({ source: 'mast', isFallback: true, since: clock.now() });
  // Tags whose units measure no wind are not taken for it.
  tell('VT-201', 4);
  tell('LT-101', 10);
  expect(state()).toMatchObject({ source: 'mast' });
});

it('without a source knows the mast only, says nothing of a fallback, and keeps the last wind when it falls silent', () => {
  const { tell, watch, state } = rig(undefined);
  expect(state()).toMatchObject({ source: 'none', isFallback: false, windSpeed: null, at: null });
  expect(watch.now()).toMatchObject({ isKnown: false, weather: { windSpeed: 1.5, stability: 'F' } });
  tell('WS', 6);
  tell('WD', 10);
  expect(state()).toMatchObject({ source: 'mast', isFallback: false, windSpeed: 6 });
  tell('WS', 6, Quality.stale);
  expect(watch.now().weather.windSpeed).toBeCloseTo(6, 6);
  expect(state().at).toBeNull();
});

it.each([
  ['a missing number', { wind: {} }, 'weather.now.windSpeed: no usable number at wind.kmh'],
  ['a wind beyond all bounds', { wind: { kmh: 9_000, from: 10 } }, 'weather.now.windSpeed'],
  ['no time', { wind: { kmh: 3, from: 10 }, time: 'soon' }, 'weather.time'],
  ['a list instead of an object', [1, 2], 'weather.now.windSpeed'],
  ['nothing', null, 'weather.now.windSpeed'],
])('refuses %s and says where', (_name, body, problem) => {
  const source = service('http://h/x');
  const read = source.kind === 'http' ? readAnswer(body, source, 1_000_000) : null;
  expect(read !== null && 'error' in read ? read.error : '').toContain(problem);
});

it('says in a sentence what keeps a service from answering', async () => {
  await using server = await serve(() => ({ status: 200, body: '<html>' }));
  await expect(fetchJson({ url: server.url, headers: {} })).rejects.toThrow('no JSON');
  await expect(fetchJson({ url: 'http://127.0.0.1:9/x', headers: {} })).rejects.toThrow('ECONNREFUSED');
  await using large = await serve(() => ({ status: 200, body: `"${'x'.repeat(5 << 20)}"` }));
  await expect(fetchJson({ url: large.url, headers: {} })).rejects.toThrow('more than 4 MiB');
});
