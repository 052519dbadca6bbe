import { describe, expect, it } from 'vitest';
import { drawBinhai } from '../model/binhai.ts';
import { COMPRESSOR_SENSORS } from '../model/templates/rotating.ts';
import { generateFleet, machineToday, SENSOR_NAMES } from './compressorFleet.ts';

const mean = (values: Float64Array, from: number, to: number) => values.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from);

describe('run-to-failure fleet', () => {
  const fleet = generateFleet({ machines: 60, seed: 7 });

  it('is the same for the same seed and another for another', () => {
    const short = generateFleet({ machines: 3, seed: 7 });
    expect(short).toEqual(fleet.slice(0, 3));
    expect(generateFleet({ machines: 1, seed: 8 })[0]!.hours).not.toBe(fleet[0]!.hours);
  });

  it('has lives of about 20 to 120 days and all three failure modes', () => {
    const days = fleet.map(({ hours }) => hours / 24);
    expect(Math.min(...days)).toBeGreaterThan(12);
    expect(Math.max(...days)).toBeLessThan(180);
    expect(new Set(fleet.map(({ mode }) => mode)).size).toBe(3);
  });

  it('shows each mode where it should: bearings shake and heat, fouling and leaking valves cost temperature and flow', () => {
    const change = (mode: string, sensor: (typeof SENSOR_NAMES)[number]) => {
      const own = fleet.filter((run) => run.mode === mode);
      return own.reduce((sum, { sensors, hours }) => sum + mean(sensors[sensor], hours - 24, hours) / mean(sensors[sensor], 0, 72) - 1, 0) / own.length;
    };
    expect(change('bearing', 'vibrationDe') + change('bearing', 'vibrationNde')).toBeGreaterThan(3);
    expect(change('bearing', 'bearingTemperatureDe')).toBeGreaterThan(0.15);
    expect(change('fouling', 'dischargeTemperature')).toBeGreaterThan(0.1);
    expect(change('valve', 'flow')).toBeLessThan(-0.15);
    expect(change('fouling', 'vibrationDe')).toBeLessThan(change('bearing', 'vibrationDe'));
  });
});

describe('a machine of the plant today', () => {
  it('stands the wanted days before its failure and brings thirty days of history', () => {
    const { life, history } = machineToday({ service: 'propane', mode: 'bearing', lifeDays: 70, failsInDays: 8, days: 30, seed: 'test' });
    expect(history).toHaveLength(720);
    expect(history.at(-1)!.hours).toBe(life.hours);
    let days = 0;
    for (; !life.hasFailed; days += 1 / 24) life.run(1, { load: 0.86, ambientC: 20 });
    expect(days).toBeGreaterThan(5);
    expect(days).toBeLessThan(11);
  });

  it('starts inside the normal bands of the plant model when it is new', () => {
    const plant = drawBinhai();
    for (const [service, equipment] of [['ammonia', 'CH-K-201A'], ['propane', 'CH-K-202A']] as const) {
      const { life } = machineToday({ service, mode: 'fouling', lifeDays: 110, failsInDays: 1000, days: 1, seed: 'new' });
      const reading = life.read({ load: 0.86, ambientC: 20 });
      for (const name of SENSOR_NAMES) {
        const [low, high] = plant.tags.find(({ id }) => id === `${equipment}.${COMPRESSOR_SENSORS[name]}`)!.normal!;
        expect(reading[name], `${service} ${name}`).toBeGreaterThanOrEqual(low);
        expect(reading[name], `${service} ${name}`).toBeLessThanOrEqual(high);
      }
    }
  });
});
