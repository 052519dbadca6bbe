import type { PlantModel } from '../../src-shared/plant/index.ts';
import type { DataState } from './dataLayers.ts';
import type { PlanCamera } from './planShapes.ts';

/** Puts plant and data on a plan. Two of them: deck.gl where there is WebGL, a plain canvas where there is not. */
export type PlanPainter = {
  readonly backend: 'webgl' | 'canvas';
  /** `size` in CSS pixels. */
  draw(camera: PlanCamera, state: DataState, size: readonly [width: number, height: number]): void;
  /** Layers or strokes of the last picture. */
  readonly drawCalls: number;
  dispose(): void;
};
export type CreatePlanPainter = (host: HTMLElement, plant: PlantModel, options: { readonly onLost: () => void; readonly devicePixels: number }) => PlanPainter;
