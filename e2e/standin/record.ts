/** What the shell did that a page cannot see; the specs ask for it over the process channel. */
export type ShellRecord = {
  sandboxEnabled: boolean;
  menu: 'default' | 'none' | 'own';
  displaySleepPrevented: boolean;
  schemes: readonly { readonly scheme: string; readonly privileges: Readonly<Record<string, boolean>> }[];
  /** One per window, in order of opening. */
  readonly windows: WindowRecord[];
  readonly deniedWindows: string[];
  readonly stoppedNavigations: string[];
  readonly cancelledRequests: string[];
  readonly errors: string[];
};
export type WindowRecord = {
  readonly id: number;
  readonly url: string;
  readonly webPreferences: Readonly<Record<string, unknown>>;
  readonly bounds: Readonly<Record<'x' | 'y' | 'width' | 'height', number>>;
  readonly kiosk: boolean;
  readonly shown: boolean;
  readonly open: boolean;
  /** How often a page was loaded into it. */
  readonly loads: number;
};

export const record: ShellRecord = { sandboxEnabled: false, menu: 'default', displaySleepPrevented: false, schemes: [], windows: [], deniedWindows: [], stoppedNavigations: [], cancelledRequests: [], errors: [] };

/** Puts the newest state of a window in its place. */
export const recordWindow = (next: WindowRecord): void => {
  const place = record.windows.findIndex(({ id }) => id === next.id);
  if (place < 0) record.windows.push(next);
  else record.windows[place] = next;
};
