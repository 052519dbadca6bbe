import type { TwinProps } from '../scene/twinProps.ts';
import { createCanvasPainter } from './canvasPainter.ts';
import { PlanFrame } from './PlanFrame.tsx';

/** The plan without WebGL, in place of a twin or plan that cannot be drawn. */
export const PlanCanvas = (props: TwinProps) => <PlanFrame {...props} createPainter={createCanvasPainter} notice />;
