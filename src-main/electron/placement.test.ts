import { describe, expect, it } from 'vitest';
import { placeWindows, type Screen } from './placement.ts';

const screen = (id: number, x: number, primary = false): Screen => ({ id, primary, bounds: { x, y: 0, width: 1920, height: 1080 } });
const middle = screen(1, 0, true);
const left = screen(2, -1920);
const right = screen(3, 1920);
const none = new Set<string>();
const seats = (placements: ReturnType<typeof placeWindows>) => placements.map(({ display, screen: on, rescued }) => `${display}@${on}${rescued ? ' rescued' : ''}`);

describe('placeWindows', () => {
  it('puts the first display on the primary monitor and the others from left to right', () => {
    expect(seats(placeWindows(['desk', 'wall', 'alarms'], [right, left, middle], none))).toEqual(['desk@1', 'wall@2', 'alarms@3']);
  });
  it('opens no window for a display without a monitor', () => {
    expect(seats(placeWindows(['desk', 'wall'], [middle], none))).toEqual(['desk@1']);
  });
  it('rescues an open window whose monitor went away, smaller and inside the primary', () => {
    const placements = placeWindows(['desk', 'wall'], [middle], new Set(['desk', 'wall']));
    expect(seats(placements)).toEqual(['desk@1', 'wall@1 rescued']);
    expect(placements[1]?.bounds).toEqual({ x: 240, y: 135, width: 1440, height: 810 });
  });
  it('gives a rescued window its monitor back', () => {
    expect(seats(placeWindows(['desk', 'wall'], [middle, right], new Set(['desk', 'wall'])))).toEqual(['desk@1', 'wall@3']);
  });
  it('places nothing while no monitor is reported', () => {
    expect(placeWindows(['desk'], [], new Set(['desk']))).toEqual([]);
  });
});
