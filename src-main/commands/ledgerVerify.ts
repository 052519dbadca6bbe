/** `npm run -s ledger:verify -- --db FILE --json`: recomputes the chain of any database, offline. Exit 0 valid, 1 not, 2 unreadable. */
import { parseArgs } from 'node:util';
import { verifyLedgerFile } from '../modules/ledger/index.ts';

const stop = (sentence: string): never => {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
};

const readArguments = (): { readonly db: string; readonly json: boolean } => {
  try {
    const { db, json } = parseArgs({ options: { db: { type: 'string' }, json: { type: 'boolean', default: false } }, strict: true }).values;
    return db === undefined || db === '' ? stop('--db FILE is missing: the database whose ledger is to be verified') : { db, json };
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error));
  }
};

const { db, json } = readArguments();
const verified = verifyLedgerFile(db);
if (!verified.ok) stop(`${verified.refusal.text.en} / ${verified.refusal.text.zh}`);
else {
  const { entries, valid, firstBad } = verified.value;
  process.stdout.write(`${json ? JSON.stringify(verified.value) : valid ? `valid: ${entries} entries` : `NOT valid: first bad entry ${firstBad} of ${entries}`}\n`);
  process.exitCode = valid ? 0 : 1;
}
