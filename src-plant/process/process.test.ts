import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { contains } from '../../src-shared/kernel/index.ts';
import { drawBinhai } from '../model/binhai.ts';
import { fromRepository, readText } from '../platform.ts';
import { Scenario } from '../scenario.ts';
import { createProcess } from './process.ts';

const plant = drawBinhai();
const scenarioOf = (name: string) => Scenario.parse(parse(readText(fromRepository('src-plant', 'scenarios', `${name}.yaml`))));
const start = (name: string, seed = 1) => createProcess({ plant, scenario: scenarioOf(name), seed });
const indexOf = (id: string) => plant.tags.findIndex((tag) => tag.id === id);
/** Suppressed by design: the machine stands. */
const stands = (value: Float64Array, suppressWhen: string | undefined) => suppressWhen !== undefined && value[indexOf(suppressWhen.replace(' = 0', ''))] === 0;
/** Tags beyond one of their limits now, as `TAG KIND`. */
const beyond = (value: Float64Array) =>
  plant.tags.flatMap((tag, i) => tag.alarms.filter(({ kind, limit, suppressWhen }) => !stands(value, suppressWhen) && (kind.startsWith('HI') ? value[i]! > limit : kind.startsWith('LO') ? value[i]! < limit : kind === 'DISCRETE' && value[i] === limit)).map(({ kind }) => `${tag.id} ${kind}`));

describe('the plant process', () => {
  it('tells the same story for the same seed, and another for another', () => {
    const [one, same, other] = [start('ammonia-leak', 4), start('ammonia-leak', 4), start('ammonia-leak', 5)];
    for (let second = 0; second < 90; second += 1) for (const each of [one, same, other]) each.step(1);
    expect(same.value).toEqual(one.value);
    expect(same.people.x).toEqual(one.people.x);
    expect(other.value).not.toEqual(one.value);
  });

  it('neither makes nor loses mass', () => {
    const process = start('tank-fire');
    const before = process.world.inventory.total();
    for (let second = 0; second < 300; second += 1) process.step(1);
    expect(process.world.inventory.total()).toBeCloseTo(before + process.world.inventory.received, 3);
    expect(process.world.inventory.received).not.toBe(0);
  });

  it('runs a normal day without an alarm and with every value a number', () => {
    const process = start('normal');
    const alarms = new Map<string, number>();
    for (let second = 0; second < 600; second += 1) {
      process.step(1);
      for (const each of beyond(process.value)) alarms.set(each, (alarms.get(each) ?? 0) + 1);
    }
    expect(process.value.every(Number.isFinite)).toBe(true);
    expect([...alarms].filter(([, seconds]) => seconds > 5)).toEqual([]);
  });
});

describe('the scenarios', () => {
  it('ammonia-leak: detectors near the receiver cross their limits, the cloud turns with the wind, people leave', () => {
    const process = start('ammonia-leak');
    const pressure = indexOf('AR-V-101A.PT1');
    process.step(1);
    const before = process.value[pressure]!;
    const firstAt = new Map<string, number>();
    const detectors = plant.detectors.filter(({ substance }) => substance === 'ammonia').map(({ id, tag }) => ({ id, index: indexOf(tag) }));
    for (let second = 2; second <= 240; second += 1) {
      process.step(1);
      for (const { id, index } of detectors) if (process.value[index]! > 25 && !firstAt.has(id)) firstAt.set(id, second);
    }
    expect(Math.min(...firstAt.values())).toBeGreaterThan(9);
    expect(Math.min(...firstAt.values())).toBeLessThan(25);
    expect(firstAt.size).toBeGreaterThanOrEqual(5);
    expect(process.value[pressure]!).toBeLessThan(before - 0.05);
    const ammonia = (x: number, y: number) => process.world.cloud.concentration(x, y, 1.5, (substance) => substance === 'ammonia');
    expect(ammonia(214, 290)).toBeGreaterThan(10 * ammonia(150, 285));
    const zone = plant.zones.find(({ id }) => id === 'Z-AR')!.polygon;
    expect(plant.people.filter((_, i) => contains(zone, process.people.x[i]!, process.people.y[i]!))).toEqual([]);
  });

  it('compressor-wear: vibration grows until the machine trips', () => {
    const process = start('compressor-wear');
    const [vibration, run] = [indexOf('CH-K-202B.VIB'), indexOf('CH-K-202B.RUN')];
    process.step(1);
    const before = process.value[vibration]!;
    for (let second = 0; second < 150; second += 1) process.step(1);
    expect(process.value[vibration]!).toBeGreaterThan(before + 1.5);
    expect(process.value[run]).toBe(1);
    for (let second = 0; second < 250; second += 1) process.step(1);
    expect(process.value[run]).toBe(2);
  });

  it('alarm-flood: some hundreds of alarms within two minutes, most of them gone some minutes after the restart', () => {
    const process = start('alarm-flood');
    for (let second = 0; second < 14; second += 1) process.step(1);
    expect(beyond(process.value)).toEqual([]);
    const seen = new Set<string>();
    for (let second = 14; second < 135; second += 1) {
      process.step(1);
      for (const each of beyond(process.value)) seen.add(each);
    }
    expect(seen.size).toBeGreaterThan(200);
    expect(seen.size).toBeLessThan(600);
    for (let second = 135; second < 900; second += 1) process.step(1);
    expect(beyond(process.value).length).toBeLessThan(seen.size * 0.1);
  });

  it('tank-fire: level, gas and flame alarms, and hot neighbours', () => {
    const process = start('tank-fire');
    const seen = new Set<string>();
    for (let second = 0; second < 200; second += 1) {
      process.step(1);
      for (const each of beyond(process.value)) seen.add(each);
    }
    expect([...seen]).toEqual(expect.arrayContaining(['GT-TK-102.LT1 HIHI', 'GT-TK-102.TT4 HIHI', 'GT-TK-101.TT4 HI', 'GT-FD-102.PV DISCRETE']));
    expect([...seen].some((each) => each.startsWith('GT-GD-'))).toBe(true);
  });

  it('people walk the way that their wearable tells them, a later one instead of it, and the deaf do not', () => {
    const walk = (deafShare: number) => {
      const process = createProcess({ plant, scenario: { ...scenarioOf('normal'), deafShare }, seed: 1 });
      const [a, b] = plant.muster.map(({ node }) => plant.walkways.nodes.find(({ id }) => id === node)!.position);
      const person = plant.people[20]!.id;
      const away = ([mx, my]: readonly [number, number]) => Math.hypot(process.people.x[20]! - mx, process.people.y[20]! - my);
      process.step(1);
      process.people.tell(person, [[process.people.x[20]!, process.people.y[20]!], a!]);
      for (let second = 0; second < 60; second += 1) process.step(1);
      process.people.tell(person, [a!, b!]);
      for (let second = 0; second < 1_200; second += 1) process.step(1);
      return away(b!);
    };
    expect(walk(0)).toBeLessThan(5);
    expect(walk(1)).toBeGreaterThan(15);
  });

  it('ppe-violation and link-loss: what happens is told to the links', () => {
    const told = (name: string) => {
      const process = start(name);
      return Array.from({ length: 200 }, () => process.step(1)).flat();
    };
    expect(told('ppe-violation').filter((event) => event.do === 'camera' && event.camera === 'CAM-05').length).toBeGreaterThan(40);
    expect(told('link-loss').map((event) => event.do)).toEqual(['drop', 'cut', 'drop', 'silence', 'silence']);
  });
});
