import { gunzipSync, inflateRawSync } from 'node:zlib';
import readWorkbook from 'read-excel-file/node';
import { readCsv, text, type Text } from '../../../../src-shared/kernel/index.ts';
import type { Table } from '../model/readRows.ts';

/** A file may hold this much when it is unpacked, bytes: a list of 50,000 tags has some 6 MB. */
const LARGEST = 64 << 20;
/** A workbook's parts; one of an ordinary list has a dozen. */
const MOST_PARTS = 2_000;
/** Columns of a sheet that are read. */
const WIDEST = 200;
/** Lines among which the header of a text file is looked for. */
const HEAD = 10;

export type Unreadable = { readonly problem: Text };

/** The tables of a CSV (UTF-8, UTF-16 or GBK; parted by comma, semicolon or tab) or Excel file that was sent as gzip. Hostile files are bounded, never trusted. */
export const readFile = async (name: string, gzip: Uint8Array): Promise<readonly Table[] | Unreadable> => {
  let bytes: Buffer;
  try {
    bytes = gunzipSync(gzip, { maxOutputLength: LARGEST });
  } catch (error) {
    return isTooLong(error) ? tooLarge() : { problem: text('文件传输不完整,请重试', 'The file did not arrive whole; try again') };
  }
  if (bytes.length === 0) return { problem: text('文件是空的', 'The file is empty') };
  if (bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) return { problem: text('这是旧版 Excel(.xls)或加密的工作簿:请另存为不加密的 .xlsx 或 CSV', 'This is an old Excel file (.xls) or an encrypted workbook: save it as .xlsx without a password, or as CSV') };
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return readExcel(bytes);
  return readText(name, bytes);
};

const readText = (name: string, bytes: Buffer): readonly Table[] | Unreadable => {
  const csv = decode(bytes);
  if (csv.includes('\0')) return { problem: text('不是文本文件:请选择 CSV 或 .xlsx', 'This is no text file: choose CSV or .xlsx') };
  // A title may stand above the header.
  const head = csv.split(/\r?\n/, HEAD);
  const count = (delimiter: string) => Math.max(...head.map((line) => line.split(delimiter).length));
  const [delimiter] = ([',', ';', '\t'] as const).toSorted((a, b) => count(b) - count(a));
  return [{ name, rows: readCsv(csv, delimiter).map(({ line, fields }) => ({ line, cells: fields.slice(0, WIDEST) })) }];
};

/** By its byte order mark, else UTF-8 where it is that without fault, else GBK (GB 18030), which Chinese spreadsheets write. */
export const decode = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
};

const readExcel = async (bytes: Buffer): Promise<readonly Table[] | Unreadable> => {
  const refused = boundsOf(bytes);
  if (refused !== null) return refused;
  try {
    const sheets = await readWorkbook(bytes, { trim: false, parseNumber: (digits) => digits });
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row, index) => ({ line: index + 1, cells: row.slice(0, WIDEST).map(cellText) })) }));
  } catch (error) {
    return { problem: text(`Excel 文件无法读取:${String(error instanceof Error ? error.message : error)}`, `The Excel file cannot be read: ${String(error instanceof Error ? error.message : error)}`) };
  }
};

const cellText = (cell: unknown): string => {
  // A day of a spreadsheet has no time zone: the reader gives it as UTC.
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  return typeof cell === 'string' ? shortened(cell) : typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
};
/** Excel keeps 0.1 + 0.2 as 0.30000000000000004; a person sees fifteen digits. */
const shortened = (cell: string): string => (/^-?\d+\.\d{15,}$|^-?\d(\.\d+)?e[-+]?\d+$/i.test(cell) ? String(Number(Number(cell).toPrecision(15))) : cell);

/** Unpacks every part of a zip once to see that it is what it says: one that would burst the memory is refused before it is read. */
const boundsOf = (bytes: Buffer): Unreadable | null => {
  const broken = { problem: text('不是完整的 Excel 文件', 'This is no whole Excel file') };
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length) return broken;
  const parts = bytes.readUInt16LE(end + 10);
  if (parts > MOST_PARTS) return tooLarge();
  let at = bytes.readUInt32LE(end + 16);
  let left = LARGEST;
  for (let part = 0; part < parts; part += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return broken;
    const [method, packed, local] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)];
    if (local + 30 > bytes.length) return broken;
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    if (from + packed > bytes.length) return broken;
    try {
      left -= method === 0 ? packed : method === 8 ? inflateRawSync(bytes.subarray(from, from + packed), { maxOutputLength: Math.max(1, left) }).length : Infinity;
    } catch (error) {
      return isTooLong(error) ? tooLarge() : broken;
    }
    if (left < 0) return left === -Infinity ? broken : tooLarge();
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return null;
};

const isTooLong = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
const tooLarge = (): Unreadable => ({ problem: text(`文件展开后超过 ${LARGEST >> 20} MiB`, `The file has more than ${LARGEST >> 20} MiB when unpacked`) });
