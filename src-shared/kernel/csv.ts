/** RFC 4180: fields quoted where they must be, lines ended by CR LF; a byte order mark, so that spreadsheets read it as UTF-8. */
export const printCsv = (rows: readonly (readonly string[])[]): string => `\uFEFF${rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('')}`;

const quoted = (field: string): string => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

export type CsvLine = { readonly line: number; readonly fields: readonly string[] };

/** Reads what `printCsv` or a spreadsheet wrote; empty lines are skipped, `line` is where a row begins. A quote left open reads to the end. Spreadsheets of some countries part by `;`. */
export const readCsv = (csv: string, delimiter: ',' | ';' | '\t' = ','): readonly CsvLine[] => {
  const rows: CsvLine[] = [];
  let fields: string[] = [];
  let field = '';
  let isQuoted = false;
  let line = 1;
  let began = 1;
  const endRow = () => {
    fields.push(field);
    if (fields.length > 1 || fields[0] !== '') rows.push({ line: began, fields });
    fields = [];
    field = '';
  };
  for (let at = csv.startsWith('\uFEFF') ? 1 : 0; at < csv.length; at += 1) {
    const character = csv[at]!;
    if (character === '\n') line += 1;
    if (isQuoted) {
      if (character !== '"') field += character;
      else if (csv[at + 1] === '"') {
        field += '"';
        at += 1;
      } else isQuoted = false;
    } else if (character === '"' && field === '') isQuoted = true;
    else if (character === delimiter) {
      fields.push(field);
      field = '';
    } else if (character === '\n') {
      endRow();
      began = line;
    } else if (character !== '\r') field += character;
  }
  if (field !== '' || fields.length > 0) endRow();
  return rows;
};
