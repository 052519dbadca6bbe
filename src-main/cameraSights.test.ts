import { describe, expect, it } from 'vitest';
import type { Emergency as EmergencyRow, HazardRow, PictureBox } from '../src-shared/contract/index.ts';
import { createTable, ok, silentLog, text } from '../src-shared/kernel/index.ts';
import { followCameras, type CameraSightsDependencies } from './cameraSights.ts';
import type { KeepInput, Picture } from './modules/cameras/index.ts';
import { createPeople } from './modules/people/index.ts';
import { buildPlant } from './testing/buildPlant.ts';
import { createFakeClock } from './testing/fakeClock.ts';

const BARE: PictureBox = { kind: 'no_hardhat', confidence: 0.8, box: [0, 0, 0.1, 0.1], track: null, breach: null };

const rig = () => {
  const clock = createFakeClock();
  const plant = buildPlant();
  const people = createPeople({ plant, clock });
  const kept: KeepInput[] = [];
  const found: Parameters<CameraSightsDependencies['hazards']['reportFromCamera']>[0][] = [];
  const alarms: string[] = [];
  const fires: (string | null)[] = [];
  const records: unknown[] = [];
  const emergencies = createTable<string, EmergencyRow>((row) => row.id);
  let picture: Picture | null = { camera: 'CAM-1', at: clock.now(), jpeg: Uint8Array.of(1) };
  const evidence = { keep: (input: KeepInput) => `evi-${kept.push(input)}`, settled: () => Promise.resolve(), find: () => ({ sha256: 'abc' }) } as unknown as CameraSightsDependencies['cameras']['evidence'];
  const sights = followCameras({
    plant,
    people,
    cameras: { newest: () => picture, evidence },
    hazards: { reportFromCamera: (finding) => ({ id: `haz-${found.push(finding)}` }) as HazardRow },
    alarms: { raiseSystem: ({ code, priority }) => void alarms.push(`${code} ${priority}`), clearSystem: (code) => void alarms.push(`${code} over`) },
    emergency: { table: emergencies, seeFire: ({ evidence: shown }) => void fires.push(shown) },
    incidents: { record: (_incident, fact) => (records.push(fact.data), ok({} as never)) },
    look: () => Promise.resolve([BARE]),
    clock,
    log: silentLog,
  });
  const turn = async (ms = 1_000) => {
    await Promise.resolve();
    await Promise.resolve();
    clock.advance(ms);
    if (picture !== null) picture = { ...picture, at: clock.now() };
  };
  const report = (kind: 'no-helmet' | 'fire' | 'no-vest') => sights.onReport({ camera: 'CAM-1', kind, confidence: 0.9, person: null, at: clock.now(), seenAt: clock.now() });
  return { clock, people, kept, found, alarms, fires, records, emergencies, sights, turn, report, blind: () => void (picture = null), picture: () => picture! };
};

describe('what a camera itself reports', () => {
  it('becomes a hidden danger with one picture when it lasts; two seconds of it are none', async () => {
    const { kept, found, people, report, turn } = rig();
    for (let second = 0; second < 3; second += 1) {
      report('no-vest');
      await turn();
    }
    for (let second = 0; second < 8; second += 1) {
      report('no-helmet');
      await turn();
    }
    expect(kept.map(({ kind, isHeld, boxes }) => [kind, isHeld, boxes])).toEqual([['no-helmet', true, [{ ...BARE, breach: 'no-helmet' }]]]);
    expect(new Set(found.map(({ kind, evidence, zone }) => [kind, evidence, zone].join()))).toEqual(new Set(['no-helmet,evi-1,Z1']));
    expect(people.cameraEvents.rows().find(({ kind }) => kind === 'no-helmet')?.evidence).toBe('evi-1');
  });

  it('counts without a picture too', async () => {
    const { blind, found, kept, report, turn } = rig();
    blind();
    for (let second = 0; second < 5; second += 1) {
      report('no-helmet');
      await turn();
    }
    expect([kept, found.length > 0, found[0]?.evidence]).toEqual([[], true, null]);
  });
});

describe('what our model sees', () => {
  it('counts at once, with the picture that shows it; a sight that flickers keeps the picture it has', async () => {
    const { kept, found, sights, picture, turn, people, clock } = rig();
    const see = (isNew: boolean) => sights.onBreach({ camera: 'CAM-1', isNew, breach: { kind: 'intrusion', track: 3, since: clock.now(), confidence: 0.7 }, picture: picture(), boxes: [] });
    see(true);
    see(false);
    expect([kept.length, found.map(({ grade }) => grade)]).toEqual([1, ['major']]);
    await turn(20_000);
    people.tick();
    see(true);
    expect([kept.length, people.cameraEvents.rows()[0]?.evidence]).toEqual([1, 'evi-1']);
  });

  it('of fire is an alarm while it is seen and a witness of the emergency', async () => {
    const { alarms, fires, sights, picture, turn, people, clock } = rig();
    for (let second = 0; second < 3; second += 1) {
      sights.onBreach({ camera: 'CAM-1', isNew: second === 0, breach: { kind: 'fire', track: null, since: clock.now(), confidence: 0.7 }, picture: picture(), boxes: [] });
      await turn();
    }
    expect([new Set(alarms), fires]).toEqual([new Set(['camera.CAM-1.fire 1']), ['evi-1', 'evi-1', 'evi-1']]);
    await turn(20_000);
    people.tick();
    expect(alarms.at(-1)).toBe('camera.CAM-1.fire over');
  });
});

it('puts what the cameras of a confirmed emergency show into its record, once', async () => {
  const { emergencies, kept, records, turn } = rig();
  const row = { id: 'emg-1', state: 'confirmed', incident: 'inc-1', plume: null, equipment: 'TK-101', zone: 'Z1' } as unknown as EmergencyRow;
  emergencies.put(row);
  for (let wait = 0; wait < 5; wait += 1) await turn(1);
  emergencies.put({ ...row, updatedAt: 1 });
  for (let wait = 0; wait < 5; wait += 1) await turn(1);
  expect([kept.map(({ kind, isHeld }) => [kind, isHeld]), records]).toEqual([[['incident', true]], [{ evidence: 'evi-1', camera: 'CAM-1', at: expect.any(Number), sha256: 'abc' }]]);
  expect(kept[0]?.text).toEqual(text('摄像机 CAM-1 的画面', 'Picture of camera CAM-1'));
});
