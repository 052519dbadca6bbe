import type { RiskField } from '../../src-shared/contract/risk.ts';
import type { Point } from '../../src-shared/kernel/index.ts';
import { isolines } from './isolines.ts';

/** Closed contours of one risk, per year: on the fine grid while they stay on the site, else on the wider one. */
export const riskContours = (field: RiskField, level: number): readonly Point[][] => {
  if (remembered?.field !== field) remembered = { field, lines: new Map() };
  const known = remembered.lines.get(level) ?? (leavesSite(field, level) ? isolines(field.outer, field.outer.perYear, level) : isolines(field, field.perYear, level));
  remembered.lines.set(level, known);
  return known;
};

/** Remembered for one field: it is new every few minutes, drawn and labelled many times a second. */
let remembered: { readonly field: RiskField; readonly lines: Map<number, Point[][]> } | undefined;

const leavesSite = ({ nx, ny, perYear }: RiskField, level: number): boolean => {
  for (let i = 0; i < nx; i += 1) if (perYear[i]! >= level || perYear[(ny - 1) * nx + i]! >= level) return true;
  for (let j = 0; j < ny; j += 1) if (perYear[j * nx]! >= level || perYear[j * nx + nx - 1]! >= level) return true;
  return false;
};

/** The wider grid without what the fine one shows, so that nothing is painted twice. */
export const around = ({ outer, x0, y0, cell, nx, ny }: RiskField): RiskField['outer'] => {
  const perYear = outer.perYear.slice();
  for (let j = 0; j < outer.ny; j += 1) {
    for (let i = 0; i < outer.nx; i += 1) {
      const [x, y] = [outer.x0 + (i + 0.5) * outer.cell, outer.y0 + (j + 0.5) * outer.cell];
      if (x > x0 && x < x0 + nx * cell && y > y0 && y < y0 + ny * cell) perYear[j * outer.nx + i] = 0;
    }
  }
  return { ...outer, perYear };
};
