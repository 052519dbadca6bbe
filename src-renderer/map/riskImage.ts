import type { RiskField } from '../../src-shared/contract/risk.ts';
import { riskColour } from './palette.ts';

/** The risk field as pixels (RGBA, first row is the north edge, as an image has it). */
export const riskImage = (field: Pick<RiskField, 'nx' | 'ny' | 'perYear' | 'standing'>): { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray } => {
  const { nx, ny, perYear, standing } = field;
  const data = new Uint8ClampedArray(nx * ny * 4);
  for (let j = 0; j < ny; j += 1) for (let i = 0; i < nx; i += 1) data.set(riskColour(perYear[j * nx + i]!, standing[j * nx + i]!), ((ny - 1 - j) * nx + i) * 4);
  return { width: nx, height: ny, data };
};
