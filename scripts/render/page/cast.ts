import type { Looks } from './looks.ts';
import type { STANCES } from './stances.ts';

/** Who and what stands before a camera; metres ahead and to the left of its foot, degrees counter-clockwise from its heading. */
export type Actor = { readonly at: readonly [ahead: number, left: number]; readonly does: 'patrol' | 'climb' | keyof typeof STANCES; readonly facing?: number; /** Half length of a round, m. */ readonly reach?: number; /** Height of the feet, m. */ readonly up?: number; readonly looks?: Partial<Looks> };
/** A burning roof: share of its radius that burns, height of the flames, thickness of the smoke. */
export type Fire = { readonly equipment: string; readonly share: number; readonly height: number; readonly smoke: number };
export type PlayedScene = { readonly people: readonly Actor[]; readonly fire?: Fire; /** Pictures of the loop; as many as asked for when left out. */ readonly frames?: number };

const WHITE = { hatColour: '#f4f4f0' } satisfies Partial<Looks>;
const RED = { hatColour: '#c9211e' } satisfies Partial<Looks>;
const BLUE = { hatColour: '#1c5fb0', vest: '#ff6414' } satisfies Partial<Looks>;
const BARE = { headWear: 'none', hair: { style: 'short', colour: '#16130f' } } satisfies Partial<Looks>;

/** Loops by camera and name. Heads are 14 px and more at 640 × 360, so that a detector has something to see. */
export const CAST: Readonly<Record<string, Readonly<Record<string, PlayedScene>>>> = {
  'CAM-01': { normal: { people: [{ at: [9.8, 0.3], does: 'patrol', facing: 84, reach: 1.7, looks: WHITE }, { at: [12.5, -2], does: 'stand', facing: 160, looks: BLUE }] } },
  'CAM-02': { normal: { people: [{ at: [13.4, -3], does: 'patrol', facing: 85, reach: 1.6 }, { at: [13, 3], does: 'phone', facing: 200, looks: WHITE }] } },
  'CAM-03': { normal: { people: [{ at: [12.3, -2.2], does: 'work', facing: -80 }, { at: [10, 1.4], does: 'patrol', facing: 60, looks: RED }] } },
  'CAM-04': { normal: { people: [{ at: [13, 2], does: 'patrol', facing: 85, reach: 1.8 }, { at: [15, -1.6], does: 'point', facing: 250, looks: WHITE }, { at: [15.2, -2.9], does: 'hips', facing: 110, looks: BLUE }] } },
  'CAM-05': {
    normal: { people: [{ at: [9.7, -1.1], does: 'patrol', facing: 87, reach: 1.1 }] },
    'no-helmet': { people: [{ at: [8.9, 0.6], does: 'phone', facing: 195, looks: { ...BARE, face: 'plain' } }, { at: [9.7, -1.1], does: 'patrol', facing: 87, reach: 1.1 }] },
  },
  'CAM-06': {
    normal: { people: [{ at: [11.2, -2], does: 'work', facing: -60 }, { at: [9, 0.9], does: 'patrol', facing: 84, reach: 1.2, looks: BLUE }] },
    'no-vest': { people: [{ at: [11.2, -2], does: 'work', facing: -60 }, { at: [9, 0.9], does: 'patrol', facing: 84, reach: 1.2, looks: { ...BLUE, vest: null, top: { kind: 'shirt', colour: '#55586a' } } }] },
  },
  'CAM-07': { normal: { people: [{ at: [10.5, 1.2], does: 'patrol', facing: 80 }, { at: [13.5, -2.6], does: 'stand', facing: 160, looks: WHITE }] } },
  'CAM-08': {
    normal: { people: [{ at: [12.8, -3.6], does: 'patrol', facing: 85, reach: 1.6, looks: RED }] },
    intrusion: { people: [{ at: [15.7, 0.7], does: 'patrol', facing: -35, reach: 1.3, looks: { ...BARE, vest: null, top: { kind: 'shirt', colour: '#2c2c30' }, trousers: '#25303f', headWear: 'cap', hatColour: '#2a2a2c' } }] },
  },
  'CAM-09': {
    normal: { people: [], frames: 4 },
    smoke: { people: [], fire: { equipment: 'GT-TK-102', share: 0.28, height: 3, smoke: 0.8 } },
    fire: { people: [], fire: { equipment: 'GT-TK-102', share: 0.85, height: 19, smoke: 1 } },
  },
  'CAM-10': {
    normal: { people: [{ at: [12.6, 1.9], does: 'patrol', facing: 80 }, { at: [14, -1.8], does: 'point', facing: 220, looks: WHITE }] },
    // On the crown of the bund wall.
    climbing: { people: [{ at: [12.6, 1.9], does: 'patrol', facing: 80 }, { at: [14, -1.8], does: 'point', facing: 220, looks: WHITE }, { at: [18.4, 0.25], up: 1.22, does: 'stand', facing: 120, looks: BLUE }] },
  },
  'CAM-11': {
    normal: { people: [{ at: [9.4, -0.8], does: 'patrol', facing: 84, reach: 1.1, looks: BLUE }, { at: [11.4, 1.9], does: 'work', facing: 100 }] },
    'no-helmet': { people: [{ at: [8.9, -0.6], does: 'hips', facing: 170, looks: { ...BARE, vest: '#ff6414', hatInHand: true } }, { at: [11.4, 1.9], does: 'work', facing: 100 }] },
  },
  'CAM-12': { normal: { people: [{ at: [9.8, -0.9], does: 'patrol', facing: 84, reach: 1.5, looks: WHITE }, { at: [12, 1.9], does: 'stand', facing: 190, looks: BLUE }] } },
};
