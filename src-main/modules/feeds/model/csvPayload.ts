import { Quality } from '../../../../src-shared/kernel/index.ts';
import type { CsvPayload } from '../../../../src-shared/plant/index.ts';
import type { FeedTag } from './feedTag.ts';
import { brief, toNumber, type Sink } from './jsonPayload.ts';
import { timeReader } from './localTime.ts';
import type { Claim } from './mapping.ts';
import { readQuality } from './quality.ts';

const NO_TIME = Number.NaN;

/** Reads lines of separated values of one mapping as its site file declares them; every value that cannot be used is rejected by itself. */
export const createCsvReader = (shape: CsvPayload, tags: readonly FeedTag[]): ((payload: string, claim: Claim, sink: Sink) => void) => {
  const indexOf = (column: number | string | null | undefined) => (typeof column === 'number' ? column - 1 : typeof column === 'string' ? shape.columns.indexOf(column) : -1);
  const [valueAt, tagAt, timeAt, qualityAt] = [indexOf(shape.value), indexOf(shape.tag), indexOf(shape.time), indexOf(shape.quality)];
  const nameOf = (column: number) => shape.columns[column] || `column ${column + 1}`;
  const readAt = timeReader(shape.timeFormat, shape.utcOffset);
  const least = Math.max(valueAt, tagAt, timeAt, qualityAt) + 1;
  /** Without a column for the value: those that carry the tag of their name. */
  const carriers = shape.columns.flatMap((name, column) => (valueAt >= 0 || name === '' || column === timeAt || column === qualityAt ? [] : [{ name, column }]));

  const accept = (sink: Sink, cell: { readonly name: string; readonly tag: number | undefined; readonly text: string }, stated: { readonly at: number; readonly quality: number }) => {
    if (cell.tag === undefined) return sink.reject('unknown-tag', brief(cell.name));
    const value = toNumber(shape.decimal === ',' ? cell.text.replace(',', '.') : cell.text, tags[cell.tag]);
    if (Number.isNaN(value) && stated.quality !== Quality.bad) return sink.reject('not-a-number', `${tags[cell.tag]?.id} ${cell.name}: ${brief(cell.text)}`);
    sink.value(cell.tag, stated.at, value, stated.quality);
  };

  const readLine = (line: string, claim: Claim, sink: Sink) => {
    const cells = splitLine(line, shape.separator);
    if (cells === null) return sink.reject('broken-payload', `a quote is not closed: ${brief(line)}`);
    if (cells.length < least) return sink.reject('broken-payload', `${nameOf(least - 1)}: the line has ${cells.length} columns: ${brief(line)}`);
    const time = cells[timeAt] ?? '';
    const at = timeAt < 0 ? NO_TIME : readAt(time);
    if (timeAt >= 0 && Number.isNaN(at)) return sink.reject('time-unreadable', `${nameOf(timeAt)}: ${brief(time)}`);
    const quality = qualityAt < 0 ? Quality.good : qualityOfCell(cells[qualityAt] ?? '');
    if (valueAt < 0) {
      for (const { name, column } of carriers) {
        const text = cells[column];
        if (text === undefined) sink.reject('broken-payload', `${name}: the line has ${cells.length} columns`);
        else accept(sink, { name, tag: claim.byId.get(name), text }, { at, quality });
      }
      return;
    }
    const name = tagAt < 0 ? nameOf(valueAt) : (cells[tagAt] ?? '');
    const tag = tagAt >= 0 ? claim.byId.get(name) : claim.only < 0 ? undefined : claim.only;
    accept(sink, { name, tag, text: cells[valueAt] ?? '' }, { at, quality });
  };
  const qualityOfCell = (cell: string) => readQuality(/^\d+$/.test(cell) ? Number(cell) : cell === '' ? undefined : cell, shape.qualityCodes);

  return (payload, claim, sink) => {
    let isEmpty = true;
    for (const line of payload.split(/\r\n|\n|\r/)) {
      if (line.trim() === '') continue;
      isEmpty = false;
      readLine(line, claim, sink);
    }
    if (isEmpty) sink.reject('broken-payload', 'an empty payload');
  };
};

/** The cells of a line, trimmed; one in double quotes may hold the separator, `""` is a quote. Null when a quote is not closed. */
const splitLine = (line: string, separator: string): readonly string[] | null => {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let [cell, isQuoted] = ['', false];
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index]!;
    if (character === '"' && isQuoted && line[index + 1] === '"') {
      cell += '"';
      index += 1;
    } else if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  return isQuoted ? null : [...cells, cell.trim()];
};
