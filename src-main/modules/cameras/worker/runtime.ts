import { createScope, disposable, type Clock, type Disposable } from '../../../../src-shared/kernel/index.ts';
import type { CamerasMessage, CamerasSetup, Taken } from '../messages.ts';
import { createOutbox } from './outbox.ts';
import { createRtspSource } from './rtspSource.ts';
import { createMjpegSource, createSnapshotSource } from './sources.ts';
import { createSourceState } from './sourceState.ts';

const WATCH_MS = 250;

/** All that fetches in the worker: one source per camera, each with its own clock and watchdog. */
export const runCameras = ({ setup, clock, post }: { readonly setup: CamerasSetup; readonly clock: Clock; readonly post: (message: CamerasMessage, transfer?: readonly ArrayBuffer[]) => void }): Disposable & { onMessage(message: unknown): void } => {
  const scope = createScope();
  const outbox = createOutbox(post);
  const states = setup.sources.map((source) => {
    const state = createSourceState({ source, clock, outbox });
    const dependencies = { source, state, clock };
    if (source.kind === 'jpeg') scope.add(createSnapshotSource(dependencies));
    else if (source.kind === 'mjpeg') scope.add(createMjpegSource(dependencies));
    else scope.add(createRtspSource(dependencies, setup.ffmpeg));
    return state;
  });
  let told = new Map<string, string>();
  let toldAt = Number.NEGATIVE_INFINITY;
  /** Changes of state at once, counters once a second. */
  const tell = () => {
    states.forEach((state) => state.tick());
    const rows = states.map((state) => state.row());
    const now = clock.monotonic();
    const isDue = now - toldAt >= 1_000;
    const fresh = rows.filter((row) => isDue || told.get(row.camera) !== row.state);
    if (fresh.length === 0) return;
    if (isDue) toldAt = now;
    told = new Map(rows.map((row) => [row.camera, row.state]));
    post({ kind: 'rows', rows: fresh });
  };
  tell();
  scope.add(clock.every(WATCH_MS, tell));
  return {
    onMessage(message) {
      const { kind, camera } = message as Taken;
      if (kind === 'taken') outbox.taken(camera);
    },
    ...disposable(() => scope[Symbol.dispose]()),
  };
};
