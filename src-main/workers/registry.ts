import { text } from '../../src-shared/kernel/index.ts';
import { modelProblems, wrongFields } from '../config/index.ts';
import { PAGE, type Read, type Reading, type ReadingProgress } from '../modules/registry/messages.ts';
import { isLive } from '../modules/registry/model/change.ts';
import { askedOf, readRows } from '../modules/registry/model/readRows.ts';
import { readFile } from '../modules/registry/worker/readFile.ts';
import { systemClock } from '../platform/clock.ts';
import { serveWorker } from '../platform/workerSide.ts';

/** Reads one file or a few edits into a change set, off the station's loop; started for it and ended after it. A message ends the reading at the next breath. */
const { post } = serveWorker({
  methods: { read: async (reading: Reading) => ({ value: await read(reading) }) },
  onMessage: () => void (isCancelled = true),
});
let isCancelled = false;

const read = async ({ model, site, from }: Reading): Promise<Read> => {
  const tables = 'asked' in from ? null : await readFile(from.name, from.gzip);
  if (tables !== null && 'problem' in tables) return tables;
  const found = tables === null ? { asked: 'asked' in from ? from.asked : [], ignored: [] } : askedOf(tables);
  if ('problem' in found) return found;
  const breathe = async (share: number): Promise<void> => {
    post({ kind: 'progress', share } satisfies ReadingProgress);
    await new Promise<void>((resolve) => void systemClock.after(0, resolve));
    if (isCancelled) throw new Error('cancelled');
  };
  if (found.asked.length === 0) return { problem: text('表头之下没有数据行', 'There is no row below the header') };
  const { rows, changes, ...draft } = await readRows(found.asked, { model, judge: wrongFields, check: ({ plant, records }) => modelProblems({ site, plant, records }), breathe, ignored: found.ignored });
  const pages = Array.from({ length: Math.ceil(rows.length / PAGE) }, (_value, page) => JSON.stringify(rows.slice(page * PAGE, (page + 1) * PAGE)));
  return { ...draft, rebuilds: !changes.every(isLive), changes: JSON.stringify(changes), pages };
};
