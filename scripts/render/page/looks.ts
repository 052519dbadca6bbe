import type { Random } from './random.ts';

/** How one person looks. */
export type HeadWear = 'hardhat' | 'none' | 'cap' | 'beanie' | 'hood' | 'straw';
export type Looks = {
  readonly height: number;
  readonly girth: number;
  readonly skin: string;
  readonly hair: { readonly style: 'short' | 'long' | 'bald' | 'bun'; readonly colour: string };
  readonly headWear: HeadWear;
  readonly hatColour: string;
  readonly vest: string | null;
  readonly top: { readonly kind: 'coverall' | 'shirt'; readonly colour: string };
  readonly trousers: string;
  readonly boots: string;
  readonly gloves: string | null;
  readonly face: 'plain' | 'mask' | 'glasses' | 'beard';
  readonly chinStrap: boolean;
  /** Carries its helmet in the right hand. */
  readonly hatInHand: boolean;
};

export const HATS = ['#f4f4f0', '#f4f4f0', '#f2c514', '#f2c514', '#f2c514', '#c9211e', '#d0342c', '#1c5fb0', '#2374c9', '#e8721c', '#2e8b4a'];
const SKINS = ['#e8bf9e', '#dba98a', '#c99572', '#b97f5b', '#9a6644', '#7a4d33', '#5b3826'];
const HAIRS = ['#16130f', '#1d1815', '#2b211a', '#4a3524', '#6e6a66', '#a8a39d'];
const COVERALLS = ['#1f3a66', '#27497d', '#2f5f94', '#d8591c', '#b23a22', '#6a7078', '#4a5157', '#37513f', '#c9a23a', '#8a8f94', '#e3e3dd'];
const SHIRTS = ['#e8e6e1', '#3b4a6b', '#7a2b2b', '#2c2c30', '#6b8a5a', '#a7b6c4', '#d7c39a', '#55586a', '#c9603a', '#3f7a8a'];
const TROUSERS = ['#25303f', '#2e3a55', '#3d3a35', '#1d1e22', '#6b6250', '#55606b'];
const VESTS = ['#c6ef1f', '#d2f22d', '#b8e01a', '#ff6414', '#ff7a1f', '#f9571b', '#e9f52a'];

export const looksOf = (random: Random, wanted: Partial<Looks> = {}): Looks => {
  const coverall = random.chance(0.68);
  const colour = random.pick(coverall ? COVERALLS : SHIRTS);
  const headWear = wanted.headWear ?? (random.chance(0.55) ? 'hardhat' : random.chance(0.66) ? 'none' : random.pick(['cap', 'cap', 'beanie', 'hood', 'straw'] as const));
  return {
    height: random.between(1.56, 1.86),
    girth: random.between(0.92, 1.16),
    skin: random.pick(SKINS),
    hair: { style: random.pick(['short', 'short', 'short', 'short', 'long', 'bun', 'bald'] as const), colour: random.pick(HAIRS) },
    headWear,
    hatColour: headWear === 'hardhat' ? random.pick(HATS) : headWear === 'straw' ? '#c9b071' : random.pick(['#1d2433', '#5a1f1f', '#2a2a2c', '#3b4a3a', '#8a8a88', '#c8c4b8', '#c9a72c']),
    vest: random.chance(0.5) ? random.pick(VESTS) : null,
    top: { kind: coverall ? 'coverall' : 'shirt', colour },
    trousers: coverall ? colour : random.pick(TROUSERS),
    boots: random.pick(['#1d1a18', '#2c2622', '#5a4330', '#d9b44a']),
    gloves: random.chance(0.3) ? random.pick(['#e8e4da', '#c8532a', '#2d2f33', '#d9c63a']) : null,
    face: random.pick(['plain', 'plain', 'plain', 'mask', 'glasses', 'beard'] as const),
    chinStrap: random.chance(0.4),
    hatInHand: headWear !== 'hardhat' && random.chance(0.15),
    ...wanted,
  };
};
