import { createContext, use } from 'react';
import type { Target } from './target.ts';

export const SCREENS = ['overview', 'alarms', 'units', 'emergency', 'incidents', 'hazards', 'permits', 'diagnostics', 'model', 'cameras'] as const;
export type Screen = (typeof SCREENS)[number];

/** What one window shows: a screen, its subject (a unit, an emergency, an incident) and the detail beside it. */
export type Place = { readonly screen: Screen; readonly subject: string | null; readonly target: Target | null };

/** How any feature moves the window, without knowing the others. */
export type Desk = Place & {
  show(screen: Screen, subject?: string | null): void;
  /** Opens the detail panel on something; null closes it. */
  open(target: Target | null): void;
  /** Opens it and brings it into the middle of the twin or plan, on the overview when this screen has neither. */
  locate(target: Target): void;
  /** Counts `locate`s: the ground moves when it changes. */
  readonly located: number;
  readonly theme: 'night' | 'dusk' | 'day';
};

const DeskContext = createContext<Desk | null>(null);
export const DeskProvider = DeskContext.Provider;

export const useDesk = (): Desk => {
  const desk = use(DeskContext);
  if (desk === null) throw new Error('no DeskProvider above');
  return desk;
};
