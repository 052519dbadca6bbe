import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMachineState, isRul, openSession, readModel, readRulModel } from '../../modules/inference/index.ts';

const folder = join(import.meta.dirname, '../../../models');

describe('shipped models', () => {
  it('are the ones their cards name, weigh less than 20 MB together, and have each a reference for drift', () => {
    const read = readdirSync(folder).filter((file) => file.endsWith('.json')).map((file) => readModel(join(folder, file)));
    expect(read.flatMap((each) => (each.ok ? [] : [each.refusal.text.en]))).toEqual([]);
    expect(read.reduce((sum, each) => sum + (each.ok ? each.value.bytes.length : 0), 0)).toBeLessThan(20e6);
    expect(read.filter((each) => each.ok && each.value.card.reference === undefined).map((each) => each.ok && each.value.card.id)).toEqual([]);
    expect(read.filter((each) => each.ok && isRul(each.value)).length).toBeGreaterThanOrEqual(6);
  });

  it('judge a compressor by its wear and not by its age: a young one that fails fast is warned of, a sound one is not', async () => {
    const checked = readRulModel(join(folder, 'rul-compressor.json'));
    if (!checked.ok) throw new Error(checked.refusal.text.en);
    const { card } = checked.value;
    const session = await openSession(checked.value);
    /** Propane service, 0.52 MPa suction, at 86 % load; bearing damage grows by e every two days to `damage` at five days. */
    const p50DaysAt = async (damage: number) => {
      const machine = createMachineState(card.features, card.stepDays * 24);
      for (let hour = 0; hour <= 120; hour += 1) {
        const wear = damage * Math.exp((hour - 120) / 48);
        const noise = Math.sin(hour * 12.9898) * 0.5;
        const reading: Record<string, number> = {
          suctionPressure: 0.52, dischargePressure: 1.6, suctionTemperature: 24, dischargeTemperature: 82, flow: 1_076, speed: 2_961, motorCurrent: 48 + 2.6 * wear, vibrationDe: 1.65 + 7 * wear ** 2 + 0.05 * noise, vibrationNde: 1.55 + 2.8 * wear ** 2 + 0.05 * noise,
          bearingTemperatureDe: 57 + 35 * wear ** 1.8 + 0.3 * noise, bearingTemperatureNde: 55 + 15 * wear ** 1.8 + 0.3 * noise, oilPressure: 0.295 - 0.06 * wear ** 1.5, oilTemperature: 47.3 + 5.5 * wear ** 1.2,
        };
        machine.advance(hour);
        card.features.sensors.forEach((sensor, index) => machine.see(index, reading[sensor]!));
      }
      return (await session.run(machine.window(), 1))[1]! * card.stepDays;
    };
    expect(await p50DaysAt(0.8)).toBeLessThan(card.warning!.enterDays / 2);
    expect(await p50DaysAt(0.02)).toBeGreaterThan(card.warning!.leaveDays);
    await session.close();
  });
});
