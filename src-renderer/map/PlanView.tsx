import type { TwinProps } from '../scene/twinProps.ts';
import { PlanCanvas } from './PlanCanvas.tsx';
export const PlanView = (props: TwinProps) => <PlanCanvas {...props} />;
