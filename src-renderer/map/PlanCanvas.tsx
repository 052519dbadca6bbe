import type { TwinProps } from '../scene/twinProps.ts';
export const PlanCanvas = (_: TwinProps) => null;
