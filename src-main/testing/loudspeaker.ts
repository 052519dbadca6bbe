import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { temporaryFolder } from './temporary.ts';

/** Samples a second of what was heard. */
export const HEARD_RATE = 22_050;

/** A loudspeaker that nobody hears but the test: a sound server of its own whose only device is recorded where the sound leaves it. */
export type Loudspeaker = AsyncDisposable & {
  /** For `PULSE_SERVER` of the programs that are to be heard. */
  readonly server: string;
  /** What leaves the loudspeaker while `run` runs, −1 to 1, one channel. */
  heardDuring(run: () => Promise<unknown>): Promise<Float32Array>;
};

const PATIENCE_MS = 5_000;
/** Below this nobody hears anything: a pulse peaks at 0.3 to 0.5. */
const AUDIBLE = 0.02;

/** Starts it; a sentence that says why not where this machine has no PulseAudio or it does not start. */
export const startLoudspeaker = async (): Promise<Loudspeaker | string> => {
  const folder = temporaryFolder();
  const socket = join(folder.path, 'native');
  const server = `unix:${socket}`;
  const environment = { ...process.env, PULSE_SERVER: server, XDG_RUNTIME_DIR: folder.path, HOME: folder.path, PULSE_RUNTIME_PATH: folder.path };
  const daemon = spawn('pulseaudio', ['-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no', '-L', 'module-null-sink sink_name=loudspeaker', '-L', `module-native-protocol-unix socket=${socket} auth-anonymous=1`], { stdio: 'ignore', env: environment });
  const failed = new Promise<string>((resolve) => {
    daemon.on('error', () => resolve('this machine has no pulseaudio'));
    daemon.on('exit', (code) => resolve(`pulseaudio ended at once with ${String(code)}`));
  });
  const stop = async () => {
    daemon.kill();
    await failed;
    folder[Symbol.dispose]();
  };
  for (let waited = 0; !existsSync(socket); waited += 50) {
    const reason = await Promise.race([failed, wait(50)]);
    if (reason !== undefined || waited > PATIENCE_MS) {
      await stop();
      return reason ?? 'pulseaudio opened no socket';
    }
  }
  return {
    server,
    async heardDuring(run) {
      const parts: Buffer[] = [];
      const recorder = spawn('parec', ['--device=loudspeaker.monitor', '--raw', '--format=float32le', `--rate=${String(HEARD_RATE)}`, '--channels=1', '--latency-msec=50'], { stdio: ['ignore', 'pipe', 'ignore'], env: environment });
      recorder.stdout.on('data', (part: Buffer) => void parts.push(part));
      const ended = new Promise<void>((resolve) => recorder.on('close', () => resolve()));
      // From its first bytes on it records, and what is under way when `run` ends still has to leave the loudspeaker.
      for (let waited = 0; parts.length === 0 && waited < PATIENCE_MS; waited += 50) await wait(50);
      try {
        await run();
        await wait(500);
      } finally {
        recorder.kill();
        await ended;
      }
      const all = Buffer.concat(parts);
      return Float32Array.from({ length: Math.floor(all.length / 4) }, (_unused, index) => all.readFloatLE(index * 4));
    },
    [Symbol.asyncDispose]: stop,
  };
};

/** The loudest that was heard. */
export const peakOf = (heard: Float32Array): number => heard.reduce((most, each) => Math.max(most, Math.abs(each)), 0);

/** The power of one pitch in what was heard (Goertzel), as a share of all its power: about half for a pure tone is 1. */
export const shareOf = (heard: Float32Array, hertz: number): number => {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / HEARD_RATE);
  // Blocks of 50 ms, so that pulses with gaps between them do not cancel each other.
  const size = Math.round(HEARD_RATE / 20);
  let [own, all] = [0, 0];
  for (let start = 0; start + size <= heard.length; start += size) {
    let [last, before] = [0, 0];
    for (const sample of heard.subarray(start, start + size)) {
      [last, before] = [sample + turn * last - before, last];
      all += sample * sample;
    }
    own += ((last * last + before * before - turn * last * before) * 2) / size;
  }
  return all === 0 ? 0 : own / all;
};

/** The greatest share that one pitch has in any 50 ms that are not silent: whether it was ever heard. */
export const loudestShareOf = (heard: Float32Array, hertz: number): number => {
  const size = Math.round(HEARD_RATE / 20);
  let most = 0;
  for (let start = 0; start + size <= heard.length; start += size) {
    const part = heard.subarray(start, start + size);
    if (peakOf(part) >= AUDIBLE) most = Math.max(most, shareOf(part, hertz));
  }
  return most;
};

/** What was heard, pulse by pulse: seconds from its beginning, and how long each lasted. A gap below 30 ms is none. */
export const pulsesOf = (heard: Float32Array): readonly { readonly at: number; readonly seconds: number }[] => {
  const step = Math.round(HEARD_RATE / 100);
  const pulses: { at: number; seconds: number }[] = [];
  for (let start = 0; start + step <= heard.length; start += step) {
    if (peakOf(heard.subarray(start, start + step)) < AUDIBLE) continue;
    const [at, last] = [start / HEARD_RATE, pulses.at(-1)];
    if (last !== undefined && at - (last.at + last.seconds) < 0.03) last.seconds = at + 0.01 - last.at;
    else pulses.push({ at, seconds: 0.01 });
  }
  return pulses;
};
