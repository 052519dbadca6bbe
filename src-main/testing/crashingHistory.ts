/** A process that appends to the history of one tag until it is killed: folder, then samples a batch. Prints the last value that each `append` took. */
import { openHistory } from '../modules/historian/worker/history.ts';
import { systemClock } from '../platform/clock.ts';

const [folder = '', size = '100'] = process.argv.slice(2);
const count = Number(size);
const history = openHistory({ setup: { folder, tags: ['A'] }, clock: systemClock, report: (fault) => process.stderr.write(`${fault.code}: ${fault.detail}\n`), mended: () => {} });
const at = new Float64Array(count);
const value = new Float64Array(count);
for (let next = 0; ; next += count) {
  for (let row = 0; row < count; row += 1) {
    at[row] = 1_767_225_600_000 + (next + row) * 10;
    value[row] = next + row;
  }
  history.append({ tag: new Uint32Array(count), at, value, quality: new Uint8Array(count) });
  process.stdout.write(`${next + count - 1}\n`);
  if (next % (count * 40) === 0) history.checkpoint();
  await new Promise((resolve) => setTimeout(resolve, 1));
}
