import { setTimeout as wait } from 'node:timers/promises';
import { ALARM_SOUNDS } from '../../src-shared/contract/index.ts';
import { loudestShareOf, peakOf, shareOf, startLoudspeaker, type Loudspeaker } from '../../src-main/testing/loudspeaker.ts';
import { expect, test } from '../harness/test.ts';
import { watchStation } from './watch.ts';

test.use({ scenario: 'ammonia-leak' });
const LEAK_MS = 120_000;

/** Sound belongs to the station: it demands, a client confirms what it hears of itself, and somebody else takes over from one that dies. */
test.describe('in the desktop shell @desktop', () => {
  let loudspeaker: Loudspeaker | string = 'it was not started';
  test.beforeAll(async () => {
    loudspeaker = await startLoudspeaker();
    if (typeof loudspeaker === 'string') test.info().annotations.push({ type: 'not listened to', description: loudspeaker });
    else process.env['PULSE_SERVER'] = loudspeaker.server;
  });
  test.afterAll(async () => {
    if (typeof loudspeaker === 'string') return;
    delete process.env['PULSE_SERVER'];
    await loudspeaker[Symbol.asyncDispose]();
  });
  /** Where this machine has PulseAudio: that the pitch of an alarm, with its octave, leaves the loudspeaker. Of noise one pitch has less than a hundredth. */
  const expectHeard = async () => {
    if (typeof loudspeaker === 'string') return;
    const heard = await loudspeaker.heardDuring(() => wait(6_000));
    expect(peakOf(heard)).toBeGreaterThan(0.1);
    expect(Math.max(...Object.values(ALARM_SOUNDS).map(({ hertz }) => shareOf(heard, hertz) + shareOf(heard, 2 * hertz)))).toBeGreaterThan(0.3);
  };

  test('a hidden window sounds, outlives the window that people see, and comes back when it dies', async ({ app: { page, shell } }) => {
    const sound = page.getByTestId('sound');
    // The list draws no scene: without a GPU the frames of the twin keep a page from telling what it knows.
    await page.keyboard.press('2');
    const annunciator = await shell!.annunciator();

    await test.step('the annunciator sounds and its own ear confirms it; the window beside it keeps quiet', async () => {
      await expect(sound).toHaveAttribute('data-heard', 'annunciator', { timeout: LEAK_MS });
      await expect(sound).toHaveAttribute('data-voice', 'beside');
      expect(await annunciator.evaluate('document.body.dataset.voice')).toBe('sounding');
      await expectHeard();
    });

    await test.step('it sounds on while the window that people see is dead', async () => {
      const desk = (await shell!.record()).windows.find(({ shown }) => shown);
      await shell!.ask({ ask: 'crash', window: desk!.id });
      await expect.poll(() => shell!.pages().includes(page)).toBe(false);
      expect(await annunciator.evaluate('document.body.dataset.voice')).toBe('sounding');
      await expectHeard();
      await expect.poll(async () => (await shell!.record()).windows.find(({ id }) => id === desk!.id)?.loads).toBe(2);
      const again = await shell!.page(0);
      await again.getByTestId('sound').waitFor();
      await again.keyboard.press('2');
      await expect(again.getByTestId('sound')).toHaveAttribute('data-heard', 'annunciator');
    });

    await test.step('when it dies itself it is back before the station has to sound, or the window takes over until it is', async () => {
      const again = (await shell!.page(0)).getByTestId('sound');
      const hidden = (await shell!.record()).windows.find(({ shown }) => !shown);
      await shell!.ask({ ask: 'crash', window: hidden!.id });
      await expect.poll(async () => (await shell!.record()).windows.find(({ id }) => id === hidden!.id)?.loads).toBe(2);
      await expect.poll(async () => (await shell!.annunciator()).evaluate('document.body.dataset.voice')).toBe('sounding');
      await expect(again).toHaveAttribute('data-heard', 'annunciator');
    });
  });

  test.describe('in a flood', () => {
    test.use({ scenario: 'alarm-flood' });
    test('it sums up once: by a voice of the machine, else by a rising sweep and tones', async ({ app: { page, shell } }) => {
      await page.keyboard.press('2');
      const annunciator = await shell!.annunciator();
      const spoke = () => annunciator.evaluate<string | undefined>('document.body.dataset.spoke');
      const summed = async () => {
        await expect.poll(spoke, { timeout: LEAK_MS }).toMatch(/voice|tones/);
        await wait(3_000);
      };
      if (typeof loudspeaker === 'string') return summed();
      const heard = await loudspeaker.heardDuring(summed);
      expect(await annunciator.evaluate('document.body.dataset.sentence')).toMatch(/^报警泛滥，/);
      // The sweep passes 650 Hz and has a twentieth of its power there for that moment; of the sound of an alarm it is a hundredth at most.
      if ((await spoke()) === 'tones') expect(loudestShareOf(heard, 650)).toBeGreaterThan(0.03);
      expect(peakOf(heard)).toBeGreaterThan(0.1);
    });
  });
});

test('the station sounds itself, or admits that nobody does, within four seconds of the last page', async ({ app: { page, station } }) => {
  using link = watchStation(station!.url);
  const annunciator = link.value('alarms.annunciator');
  const faults = link.table('system.faults');
  const heard = () => annunciator.get()?.heard;
  await page.keyboard.press('2');
  await expect.poll(heard, { timeout: LEAK_MS }).toBe('page');
  expect(faults.get('alarms/NoAnnunciator')?.active ?? false).toBe(false);
  await page.goto('about:blank');
  const gone = Date.now();
  await expect.poll(() => heard() === 'station' || heard() === 'nobody', { intervals: [50] }).toBe(true);
  expect(Date.now() - gone).toBeLessThan(4_000);
  expect(faults.get('alarms/NoAnnunciator')?.active).toBe(true);
  await page.goto(station!.url);
  await page.keyboard.press('2');
  await expect.poll(heard, { timeout: 30_000 }).toBe('page');
  await expect.poll(() => faults.get('alarms/NoAnnunciator')?.active).toBe(false);
});
