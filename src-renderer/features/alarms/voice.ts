import { ALARM_SOUNDS, type Annunciator, type VoiceReport } from '../../../src-shared/contract/index.ts';
import { createScope, SECOND, type Disposable } from '../../../src-shared/kernel/index.ts';
import type { AlarmPriority } from '../../../src-shared/plant/index.ts';
import type { Link } from '../../link/index.ts';
import { createLoudspeaker, playRound, type Loudspeaker } from './sound.ts';

/** Whether this page sounds: `beside` keeps quiet because the annunciator of its own machine does it; `blocked` wants a click first. */
export type VoiceState = 'quiet' | 'sounding' | 'silenced' | 'blocked' | 'beside';
export type Voice = Disposable & {
  readonly speaker: Loudspeaker;
  state(): VoiceState;
  onChange(listener: () => void): Disposable;
  /** Allows sound after a browser blocked it; call it from a click or key. */
  unlock(): void;
};

/** Below this the output is silence: a pulse peaks at about 0.3. */
const AUDIBLE = 0.02;
const LISTEN_MS = 40;
const REPORT_QUIET_MS = 3 * SECOND;

/**
 * Sounds what the station demands and tells it what the page's own ear hears, once a second while it should sound. `kind`: the annunciator of the station's machine,
 * or a page; `isBeside`: the page runs on the machine of such an annunciator and leaves the sound to it while it lives.
 */
export const createVoice = (link: Link, { kind, isBeside, id }: { readonly kind: VoiceReport['kind']; readonly isBeside: boolean; readonly id: string }): Voice => {
  const speaker = createLoudspeaker();
  const scope = createScope();
  const listeners = new Set<() => void>();
  const annunciator = link.value('alarms.annunciator');
  const status = link.value('system.status');
  let shown: VoiceState = 'quiet';
  let rounds: (Disposable & { readonly priority: AlarmPriority }) | null = null;
  let peak = 0;
  let heardAt = -Infinity;
  let reportedAt = -Infinity;
  const now = () => link.clock.monotonic();

  const wanted = (value: Annunciator | undefined): AlarmPriority | null => (value === undefined || value.silenced ? null : value.sounding);
  const stateOf = (value: Annunciator | undefined): VoiceState => {
    if (value === undefined || value.sounding === null) return 'quiet';
    if (value.silenced) return 'silenced';
    if (isBeside && value.hasOwnAnnunciator) return 'beside';
    return speaker.context.state === 'running' ? 'sounding' : 'blocked';
  };
  const show = () => {
    const next = stateOf(annunciator.get());
    if (next === shown) return;
    shown = next;
    listeners.forEach((listener) => listener());
  };
  const report = () => {
    const priority = rounds?.priority ?? null;
    const isHeard = priority !== null && now() - heardAt < (ALARM_SOUNDS[priority].everyS + 1) * SECOND;
    reportedAt = now();
    void link.query('alarms.reportVoice', { client: id, kind, state: speaker.context.state !== 'running' ? 'blocked' : isHeard ? 'playing' : 'ready', priority, peak });
  };
  const round = (priority: AlarmPriority) => {
    if (speaker.context.state !== 'running') return void speaker.context.resume().then(show);
    peak = 0;
    playRound(speaker, priority, status.get()?.realm === 'drill');
  };
  const follow = () => {
    const value = annunciator.get();
    const priority = stateOf(value) === 'beside' ? null : wanted(value);
    if (priority !== (rounds?.priority ?? null)) {
      rounds?.[Symbol.dispose]();
      rounds = priority === null ? null : { priority, ...link.clock.every(ALARM_SOUNDS[priority].everyS * SECOND, () => round(priority)) };
      heardAt = -Infinity;
      peak = 0;
      if (priority !== null) round(priority);
    }
    show();
  };
  const listen = () => {
    if (rounds === null) return;
    const level = speaker.peak();
    peak = Math.max(peak, level);
    if (level < AUDIBLE) return;
    const isFirst = heardAt === -Infinity;
    heardAt = now();
    if (isFirst) report();
  };

  scope.add(annunciator.subscribe(follow));
  scope.add(link.clock.every(LISTEN_MS, listen));
  scope.add(
    link.clock.every(SECOND, () => {
      follow();
      if (rounds !== null || now() - reportedAt >= REPORT_QUIET_MS) report();
    }),
  );
  const onStateChange = () => show();
  speaker.context.addEventListener('statechange', onStateChange);
  follow();
  report();
  return {
    speaker,
    state: () => shown,
    onChange(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    unlock() {
      void speaker.context.resume().then(() => {
        if (rounds !== null) round(rounds.priority);
        show();
      });
    },
    [Symbol.dispose]() {
      scope[Symbol.dispose]();
      rounds?.[Symbol.dispose]();
      speaker.context.removeEventListener('statechange', onStateChange);
      void speaker.context.close();
    },
  };
};
