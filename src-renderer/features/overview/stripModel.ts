import type { AlarmEvent, EarlyWarning, IncidentRow, PermitRow } from '../../../src-shared/contract/index.ts';
import { DAY, HOUR } from '../../../src-shared/kernel/index.ts';

/** The strip's window: 16 hours back, 8 hours ahead. */
export const stripWindow = (now: number): { readonly from: number; readonly to: number } => ({ from: now - 16 * HOUR, to: now + 8 * HOUR });

/** Alarms raised in each of `bins` equal parts of [from, to), by priority 1–4. */
export const alarmBins = (events: readonly Pick<AlarmEvent, 'at' | 'event' | 'priority'>[], { from, to, bins }: { readonly from: number; readonly to: number; readonly bins: number }): readonly (readonly number[])[] => {
  const counts = Array.from({ length: bins }, () => [0, 0, 0, 0]);
  for (const { at, event, priority } of events) {
    if (event !== 'raised' || at < from || at >= to) continue;
    const bin = counts[Math.floor(((at - from) / (to - from)) * bins)];
    if (bin !== undefined) bin[priority - 1] = (bin[priority - 1] ?? 0) + 1;
  }
  return counts;
};

/** A bar of the strip, as fractions of the window. */
export type StripBar = { readonly id: string; readonly start: number; readonly end: number };

export const barWithin = ({ id, from, to }: { readonly id: string; readonly from: number; readonly to: number }, window: { readonly from: number; readonly to: number }): StripBar | null => {
  if (to <= window.from || from >= window.to) return null;
  const at = (time: number) => Math.max(0, Math.min(1, (time - window.from) / (window.to - window.from)));
  return { id, start: at(from), end: at(to) };
};

/** Bars into as few lanes as do not overlap, at most `lanes`; what does not fit is left to the list it stands for. */
export const inLanes = <B extends StripBar>(bars: readonly B[], lanes: number): readonly (readonly B[])[] => {
  const filled: B[][] = [];
  for (const bar of [...bars].sort((a, b) => a.start - b.start)) {
    const lane = filled.find((each) => (each.at(-1)?.end ?? 0) <= bar.start);
    if (lane !== undefined) lane.push(bar);
    else if (filled.length < lanes) filled.push([bar]);
  }
  return filled;
};

export const permitBars = (permits: readonly PermitRow[], window: { readonly from: number; readonly to: number }) => permits.flatMap((permit) => { const bar = barWithin(permit, window); return bar === null ? [] : [{ ...bar, permit }]; });

export const incidentBars = (incidents: readonly IncidentRow[], window: { readonly from: number; readonly to: number }, now: number) =>
  incidents.flatMap((incident) => { const bar = barWithin({ id: incident.id, from: incident.openedAt, to: incident.closedAt ?? now }, window); return bar === null ? [] : [{ ...bar, incident }]; });

/** Early warnings whose interval begins inside the window, and the number of later ones. */
export const forecastBars = <W extends Pick<EarlyWarning, 'id' | 'p10Days' | 'p90Days'>>(warnings: readonly W[], window: { readonly from: number; readonly to: number }, now: number) => {
  const near = warnings.flatMap((warning) => { const bar = barWithin({ id: warning.id, from: now + warning.p10Days * DAY, to: now + warning.p90Days * DAY }, window); return bar === null ? [] : [{ ...bar, warning }]; });
  return { near, later: warnings.length - near.length };
};
