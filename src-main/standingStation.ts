import { disposable, type Log } from '../src-shared/kernel/index.ts';
import type { Station } from './station.ts';

/**
 * One station after another over the same data: when the plant model has other tags, equipment or people, the present one ends in good order and the next begins, in the
 * same process and under the same lock. Clients lose their line for that moment and come back by themselves. `start` is given what asks for the next one; should it
 * throw then, that is a bug and ends the process, and whoever started it starts it again.
 */
export const createStandingStation = (start: (rebuild: () => void) => Station, { log }: { readonly log: Log }): Station => {
  let building: Promise<void> | null = null;
  let isEnded = false;
  let moved: readonly [number, number] | null = null;
  const rebuild = () => {
    if (building !== null || isEnded) return;
    building = build();
  };
  let current: Station | null = start(rebuild);
  let [status, annunciator] = [current.status(), current.annunciator()];
  const build = async (): Promise<void> => {
    const old = current;
    if (old === null) return;
    [status, annunciator] = [old.status(), old.annunciator()];
    current = null;
    log.info('the plant model has changed: the station is built anew');
    await old[Symbol.asyncDispose]();
    building = null;
    if (isEnded) return;
    current = start(rebuild);
    if (moved !== null) current.portMoved(...moved);
  };
  return {
    serve(port, info) {
      if (current !== null) return current.serve(port, info);
      port.close();
      return disposable(() => {});
    },
    status: () => current?.status() ?? status,
    annunciator: () => current?.annunciator() ?? annunciator,
    portMoved(wanted, served) {
      moved = [wanted, served];
      current?.portMoved(wanted, served);
    },
    async [Symbol.asyncDispose]() {
      isEnded = true;
      await building;
      await current?.[Symbol.asyncDispose]();
    },
  };
};
