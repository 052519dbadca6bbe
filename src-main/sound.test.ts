import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createClient } from '../src-shared/contract/client.ts';
import { ALARM_SOUNDS } from '../src-shared/contract/index.ts';
import { silentLog, unwrap } from '../src-shared/kernel/index.ts';
import { webSocketPort } from './bridge/webSocketPort.ts';
import { systemClock } from './platform/clock.ts';
import { createSoundPlayer } from './platform/soundPlayer.ts';
import { startStationProcess } from './platform/stationProcess.ts';
import { startBroker } from './testing/broker.ts';
import { buildAlarm, buildPlant, buildSite, buildTag } from './testing/buildPlant.ts';
import { peakOf, pulsesOf, shareOf, startLoudspeaker, type Loudspeaker } from './testing/loudspeaker.ts';
import { temporaryFolder } from './testing/temporary.ts';
import { until } from './testing/until.ts';

const PRIORITIES = [1, 2, 3, 4] as const;

describe('what leaves the loudspeaker (skipped, saying why, where PulseAudio is missing)', () => {
  let loudspeaker: Loudspeaker | string = 'it was not started';
  beforeAll(async () => {
    loudspeaker = await startLoudspeaker();
    // The programs of this machine find it by their usual environment.
    if (typeof loudspeaker !== 'string') vi.stubEnv('PULSE_SERVER', loudspeaker.server);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    if (typeof loudspeaker !== 'string') await loudspeaker[Symbol.asyncDispose]();
  });

  it.for(PRIORITIES)('is the pitch and the pulses of priority %i', async (priority, { skip }) => {
    if (typeof loudspeaker === 'string') return skip(loudspeaker);
    using folder = temporaryFolder();
    const player = createSoundPlayer({ folder: folder.path, log: silentLog });
    const heard = await loudspeaker.heardDuring(async () => expect(await player.play(priority)).toBe(true));
    const { pulses, hertz, pulseS, gapS } = ALARM_SOUNDS[priority];
    const found = pulsesOf(heard);
    expect(found).toHaveLength(pulses);
    for (const [index, { at, seconds }] of found.entries()) {
      expect(seconds).toBeGreaterThan(pulseS - 0.04);
      expect(seconds).toBeLessThan(pulseS + 0.03);
      expect(at - found[0]!.at).toBeCloseTo(index * (pulseS + gapS), 1);
    }
    expect(peakOf(heard)).toBeGreaterThan(0.3);
    expect(shareOf(heard, hertz)).toBeGreaterThan(0.6);
    for (const other of PRIORITIES) if (other !== priority) expect(shareOf(heard, ALARM_SOUNDS[other].hertz)).toBeLessThan(0.2);
  });

  it('is the alarm that nobody took over from a page that died, silence once it is silenced, the next alarm, and silence once it is acknowledged', { timeout: 90_000 }, async ({ skip }) => {
    if (typeof loudspeaker === 'string') return skip(loudspeaker);
    const heardWithin = (seconds: number) => (loudspeaker as Loudspeaker).heardDuring(() => wait(seconds * 1_000));
    using folder = temporaryFolder();
    await using broker = await startBroker();
    writeFileSync(folder.file('plant.json'), JSON.stringify(buildPlant((plant) => void plant.tags.push(buildTag('LOW', { alarms: [buildAlarm('HI', 5, { priority: 3 })] }), buildTag('URGENT', { alarms: [buildAlarm('HI', 5, { priority: 1 })] })))));
    writeFileSync(folder.file('site.json'), JSON.stringify(buildSite((site) => (site.feeds = [{ id: 'field', kind: 'mqtt', url: `mqtt://127.0.0.1:${broker.port}`, mappings: [{ tags: ['LOW', 'URGENT'], address: 'tiny/{tag}' }] }]))));
    const readings: Record<string, number> = { LOW: 1, URGENT: 1 };
    const saying = setInterval(() => Object.entries(readings).forEach(([tag, v]) => void broker.publish(`tiny/${tag}`, JSON.stringify({ v, t: systemClock.now() }))), 100);
    try {
      await using station = await startStationProcess({ site: folder.file('site.json'), dataDir: folder.file('data') });
      const connect = async (name: string) => {
        const client = createClient({ name, clock: systemClock });
        client.attach(webSocketPort(await station.openLine(), silentLog));
        await until(() => client.state.get() === 'live', `${name} is live`);
        return client;
      };
      const desk = await connect('desk');
      const [annunciator, alarms] = [desk.value('alarms.annunciator'), desk.table('alarms.active')];
      unwrap(await desk.command('security.signIn', { user: 'op', pin: '1234' }, 'in'));

      // A page sounds, as it says: the station keeps quiet. It dies: the station sounds itself.
      const page = await connect('page');
      const playing = setInterval(() => void page.query('alarms.reportVoice', { client: 'page', kind: 'page', state: 'playing', priority: 3, peak: 0.3 }), 500);
      readings['LOW'] = 9;
      await until(() => annunciator.get()?.heard === 'page', 'the page is believed to sound', 20_000);
      expect(peakOf(await heardWithin(5))).toBeLessThan(0.01);
      clearInterval(playing);
      page[Symbol.dispose]();
      const own = await heardWithin(9);
      expect(shareOf(own, ALARM_SOUNDS[3].hertz)).toBeGreaterThan(0.6);
      expect(annunciator.get()?.heard).toBe('station');

      unwrap(await desk.command('alarms.silence', {}, 'silence'));
      await wait(1_000);
      expect(peakOf(await heardWithin(6))).toBeLessThan(0.01);

      readings['URGENT'] = 9;
      await until(() => annunciator.get()?.sounding === 1 && annunciator.get()?.silenced === false, 'the urgent one sounds', 20_000);
      const urgent = await heardWithin(7);
      expect(shareOf(urgent, ALARM_SOUNDS[1].hertz)).toBeGreaterThan(0.6);
      expect(pulsesOf(urgent).length).toBeGreaterThanOrEqual(6);

      unwrap(await desk.command('alarms.acknowledge', { ids: [...alarms.rows.keys()] }, 'acknowledge'));
      await wait(1_000);
      expect(peakOf(await heardWithin(6))).toBeLessThan(0.01);
      desk[Symbol.dispose]();
      await station.stop();
    } finally {
      clearInterval(saying);
    }
  });
});
