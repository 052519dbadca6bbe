import { useState } from 'react';
import type { TwinProps } from '../scene/twinProps.ts';
import { createDeckPainter } from './deckPainter.ts';
import { PlanCanvas } from './PlanCanvas.tsx';
import { PlanFrame } from './PlanFrame.tsx';
import { canWebGl } from './webGl.ts';

/** The plant from above with the same data as the twin, by deck.gl; a plain canvas where there is no WebGL. */
export const PlanView = (props: TwinProps) => {
  const [hasWebGl] = useState(canWebGl);
  return hasWebGl ? <PlanFrame {...props} createPainter={createDeckPainter} /> : <PlanCanvas {...props} />;
};
