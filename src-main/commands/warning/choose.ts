import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { firstWarning, readRulModel, tallyWarnings, type WarningRule } from '../../modules/inference/index.ts';

/**
 * `node choose.ts --dump FILE --card CARD.json`: chooses when the model's warnings start and end, on predictions of machines that the nets behind them did not see (`rul.py --dump`, or `evaluate:warning --predictions` on a validation fleet), and writes the rule into the card: the one
 * that warns earliest of those that keep the goals; where none does, or with `--prefer sure`, the one that warns
 * the most in time, of equals the earliest, of those the one that crosses highest and holds longest: farthest from a miss.
 */
const { values } = parseArgs({ options: { dump: { type: 'string' }, card: { type: 'string' }, prefer: { type: 'string', default: 'early' } } });
if (values.dump === undefined || values.card === undefined) {
  console.error('usage: choose --dump FILE --card CARD.json [--prefer early|sure]');
  process.exit(2);
}
/** The goals of an early warning; of the rules that keep them the earliest, since a planner wants days to plan. */
const GOALS = { inTime: 0.9, falseAlarmsPer100AssetDays: 0.04, missed: 0.02 } as const;
const checked = readRulModel(values.card);
if (!checked.ok) {
  console.error(checked.refusal.text.en);
  process.exit(2);
}
const { stepDays } = checked.value.card;
const [, ...lines] = readFileSync(values.dump, 'utf8').trim().split('\n');
const byHistory = Map.groupBy(lines.map((line) => line.split(',').map(Number)), (row) => row[0]!);
const lives = [...byHistory.values()].map((rows) => ({ p50Days: Float64Array.from(rows, (row) => row[3]! * stepDays), days: rows.length * stepDays }));
const tally = (rule: WarningRule) =>
  tallyWarnings(
    lives.map(({ p50Days, days }) => {
      const step = firstWarning(p50Days, rule);
      return { days, leadDays: step < 0 ? Number.NaN : days - (step + 1) * stepDays };
    }),
  );
const rules = [1, 2, 3].flatMap((hold) => Array.from({ length: 27 }, (_each, index): WarningRule => ({ enterDays: 4 + index / 2, leaveDays: 9 + index / 2, hold })));
const results = rules.map((rule) => ({ rule, ...tally(rule) }));
const within = values.prefer === 'sure' ? [] : results.filter(({ warnedInTime, falseAlarmsPer100AssetDays, missed }) => warnedInTime >= GOALS.inTime && falseAlarmsPer100AssetDays <= GOALS.falseAlarmsPer100AssetDays && missed <= GOALS.missed);
const chosen = within.length > 0 ? within.reduce((best, each) => (each.medianLeadDays > best.medianLeadDays ? each : best)) : results.reduce((best, each) => (each.warnedInTime > best.warnedInTime || (each.warnedInTime === best.warnedInTime && each.medianLeadDays >= best.medianLeadDays) ? each : best));
for (const { rule, ...rest } of results.filter(({ rule: { hold } }) => hold === chosen.rule.hold)) console.error(JSON.stringify({ ...rule, ...rest }));
const raw = JSON.parse(readFileSync(values.card, 'utf8')) as { metrics: Record<string, number> };
writeFileSync(values.card, `${JSON.stringify({ ...raw, warning: chosen.rule, metrics: { ...raw.metrics, validationWarnedInTime: chosen.warnedInTime, validationMissed: chosen.missed } }, null, 1)}\n`);
console.error('chosen', chosen);
