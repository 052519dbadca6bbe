import { MINUTE, SECOND } from '../../../../src-shared/kernel/index.ts';
import { readTime } from './timeBounds.ts';

const PARTS = ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss', 'SSS'] as const;

/**
 * Reads times as a source writes them: `iso` (also UTC ms or s), or text after a pattern of yyyy MM dd HH mm ss SSS. What states
 * no zone is local time at `utcOffset` such as `+08:00`. UTC ms; NaN when it is no such time.
 */
export const timeReader = (format: string, utcOffset: string): ((raw: unknown) => number) => {
  if (format === 'iso') return (raw) => readTime(raw, utcOffset);
  const order: (typeof PARTS)[number][] = [];
  const source = format.replace(/yyyy|SSS|MM|dd|HH|mm|ss|[.*+?^${}()|[\]\\]/g, (found) => {
    const part = PARTS.find((known) => known === found);
    if (part === undefined) return `\\${found}`;
    order.push(part);
    return `(\\d{${part.length}})`;
  });
  const pattern = new RegExp(`^${source}$`);
  const sign = utcOffset.startsWith('-') ? -1 : 1;
  const offset = sign * (Number(utcOffset.slice(1, 3)) * 60 + Number(utcOffset.slice(4, 6))) * MINUTE;
  return (raw) => {
    const found = typeof raw === 'string' ? pattern.exec(raw) : null;
    if (found === null) return Number.NaN;
    const part = (name: (typeof PARTS)[number]) => (order.includes(name) ? Number(found[order.indexOf(name) + 1]) : 0);
    const [year, month, day, hour, minute, second] = [part('yyyy'), part('MM'), part('dd'), part('HH'), part('mm'), part('ss')];
    const local = Date.UTC(year, month - 1, day, hour, minute, second) + part('SSS');
    // The 31st of June, or 25 o'clock, is no time: Date would roll it over.
    const isReal = new Date(local).getUTCMonth() === month - 1 && new Date(local).getUTCDate() === day && hour < 24 && minute < 60 && second * SECOND < MINUTE;
    return isReal ? local - offset : Number.NaN;
  };
};
