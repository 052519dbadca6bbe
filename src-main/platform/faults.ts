import { createTable, type Clock, type Table } from '../../src-shared/kernel/index.ts';
import type { Fault } from '../../src-shared/contract/index.ts';

/** What is wrong with the station or its surroundings, one row per cause; the diagnostics page shows it and severe ones become system alarms. */
export type Faults = {
  /** Reports a fault again or anew; counted under `source/code`, so a storm of one cause is one row. */
  report(fault: Pick<Fault, 'source' | 'code' | 'severity' | 'text'> & { readonly detail?: string }): void;
  /** The cause is gone. */
  clear(source: string, code: string): void;
  readonly table: Table<string, Fault>;
};

export const createFaults = (clock: Clock): Faults => {
  const table = createTable<string, Fault>((fault) => fault.id);
  return {
    table,
    report({ source, code, severity, text, detail = '' }) {
      const id = `${source}/${code}`;
      const known = table.get(id);
      const now = clock.now();
      table.put({ id, source, code, severity, text, detail: detail.slice(0, 500), count: (known?.count ?? 0) + 1, firstAt: known?.firstAt ?? now, lastAt: now, active: true });
    },
    clear(source, code) {
      const known = table.get(`${source}/${code}`);
      if (known?.active) table.put({ ...known, active: false, lastAt: clock.now() });
    },
  };
};
