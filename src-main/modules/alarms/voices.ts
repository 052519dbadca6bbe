import { ALARM_SOUNDS, type Annunciator, type VoiceReport } from '../../../src-shared/contract/index.ts';
import { SECOND, text, type Clock } from '../../../src-shared/kernel/index.ts';
import type { AlarmPriority } from '../../../src-shared/plant/index.ts';
import type { Faults } from '../../platform/faults.ts';

/** A sound device of the station's own machine. */
export type SoundPlayer = {
  /** Plays one round of the priority's sound; false when nothing on this machine can. */
  play(priority: AlarmPriority): Promise<boolean>;
};
export const SILENT: SoundPlayer = { play: () => Promise.resolve(false) };

/** Who sounds what the station demands. The station believes only what clients confirm, and sounds itself when nobody does. */
export type Voices = {
  report(report: VoiceReport): void;
  /** What is to be heard now; null for nothing. Called at each change and some ten times a second. */
  follow(priority: AlarmPriority | null): void;
  readonly state: Pick<Annunciator, 'demand' | 'heard' | 'hasOwnAnnunciator'>;
};

/** Nobody has confirmed for this long: the station sounds itself. Clients confirm once a second. */
const PATIENCE_MS = 2 * SECOND;
/** A client that says nothing for this long is gone; while quiet it speaks every few seconds. */
const GONE_MS = 8 * SECOND;
/** While it should sound, a client is believed as long as its last confirmation is this young. */
const FRESH_MS = 2.5 * SECOND;
/** An annunciator of its own that misses a confirmation lets the pages beside it begin, before the station has to. */
const MISSED_MS = 1.7 * SECOND;

export const createVoices = ({ clock, faults, player }: { readonly clock: Clock; readonly faults: Faults; readonly player: SoundPlayer }): Voices => {
  const voices = new Map<string, VoiceReport & { readonly at: number }>();
  let wanted: AlarmPriority | null = null;
  let demand = 0;
  let demandedAt = 0;
  let answeredAt = -Infinity;
  let playedAt = -Infinity;
  /** What became of the station's own rounds: null before the first. */
  let ownSound: boolean | null = null;
  let isUnanswered = false;

  const now = () => clock.monotonic();
  const sounding = (kind: VoiceReport['kind']) => [...voices.values()].some((voice) => voice.kind === kind && voice.state === 'playing' && voice.priority === wanted && now() - voice.at < FRESH_MS);
  const playOwn = (priority: AlarmPriority) => {
    if (now() - playedAt < ALARM_SOUNDS[priority].everyS * SECOND) return;
    playedAt = now();
    player.play(priority).then(
      (isHeard) => (ownSound = isHeard),
      () => (ownSound = false),
    );
  };
  const setUnanswered = (next: boolean) => {
    if (next === isUnanswered) return;
    isUnanswered = next;
    ownSound = null;
    playedAt = -Infinity;
    if (!next) return faults.clear('alarms', 'NoAnnunciator');
    faults.report({ source: 'alarms', code: 'NoAnnunciator', severity: 'warning', text: text('没有报警器应答，由本站代为发声', 'No annunciator answers; the station sounds itself'), detail: `${voices.size} clients that can sound: ${[...voices.values()].map(({ kind, state }) => `${kind} ${state}`).join(', ')}`.slice(0, 400) });
  };

  return {
    report(report) {
      voices.set(report.client, { ...report, at: now() });
      if (report.state === 'playing' && report.priority === wanted && wanted !== null) answeredAt = now();
    },
    follow(priority) {
      for (const [client, { at }] of voices) if (now() - at > GONE_MS) voices.delete(client);
      if (priority !== wanted) {
        wanted = priority;
        answeredAt = -Infinity;
        if (wanted !== null) {
          demand += 1;
          demandedAt = now();
        }
      }
      if (wanted === null) return setUnanswered(false);
      const isAnswered = now() - answeredAt < FRESH_MS;
      if (isAnswered) setUnanswered(false);
      else if (isUnanswered || now() - demandedAt >= PATIENCE_MS) setUnanswered(true);
      if (isUnanswered) playOwn(wanted);
    },
    get state() {
      const hasOwnAnnunciator = [...voices.values()].some(({ kind, state, at }) => kind === 'annunciator' && state !== 'blocked' && now() - at < (wanted === null ? GONE_MS : MISSED_MS));
      const heard: Annunciator['heard'] = wanted === null ? 'quiet' : sounding('annunciator') ? 'annunciator' : sounding('page') ? 'page' : !isUnanswered || ownSound === null ? 'waiting' : ownSound ? 'station' : 'nobody';
      return { demand, heard, hasOwnAnnunciator };
    },
  };
};
