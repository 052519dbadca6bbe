import { at, resized, type Box, type Grey } from './grey.ts';

/**
 * How a second picture lies on a first: a point (x, y) of the first, in fractions, is at (scale · x + dx, scale · y + dy) of the second. `likeness` is the correlation of their edges
 * where they overlap, −1 to 1; the same place in another light keeps its edges.
 */
export type Alignment = { readonly scale: number; readonly dx: number; readonly dy: number; readonly likeness: number };

/** Two photos of one place reach this; of different places stay well below. */
export const SAME_PLACE = 0.4;

const COARSE = { width: 32, height: 24 };
const FINE = { width: 96, height: 72 };
const SCALES = [0.66, 0.72, 0.78, 0.84, 0.9, 0.95, 1, 1.05, 1.11, 1.19, 1.28, 1.39, 1.52];
/** Share of the first picture that must lie within the second. */
const OVERLAP = 0.4;

/** The best way to lay the second on the first, by scale and shift: coarse over all, then finer around the best. */
export const align = (first: Grey, second: Grey): Alignment => {
  const edges = (size: typeof COARSE) => [edgesOf(resized(first, size)), edgesOf(resized(second, size))] as const;
  const [a, b] = edges(COARSE);
  const found: Alignment[] = SCALES.map((scale) => {
    const reach = 0.12 + Math.abs(1 - scale) / 2;
    return best(a, b, { scales: [scale], centre: { scale, dx: (1 - scale) / 2, dy: (1 - scale) / 2 }, reach, step: 1 / COARSE.width });
  });
  const [fineA, fineB] = edges(FINE);
  // Small pictures mislead about the scale: the best three are looked at closely.
  const chosen = found
    .toSorted((one, other) => other.likeness - one.likeness)
    .slice(0, 3)
    .map((coarse) =>
      best(fineA, fineB, { scales: [-0.03, -0.015, 0, 0.015, 0.03].map((change) => coarse.scale + change), centre: coarse, reach: 1.5 / COARSE.width, step: 1 / FINE.width }),
    )
    .reduce((one, other) => (other.likeness > one.likeness ? other : one));
  // A scale that is off by a percent moves the far corner by a pixel, which half a pixel of shift hides: both in small steps, by turns.
  return [0.008, 0.004, 0.002].reduce(
    (near, step) => best(fineA, fineB, { scales: [-step, 0, step].map((change) => near.scale + change), centre: near, reach: step, step: step / 2 }),
    chosen,
  );
};

const best = (a: Grey, b: Grey, { scales, centre, reach, step }: { readonly scales: readonly number[]; readonly centre: Omit<Alignment, 'likeness'>; readonly reach: number; readonly step: number }): Alignment => {
  let chosen: Alignment = { ...centre, likeness: -1 };
  const count = Math.round(reach / step);
  for (const scale of scales) {
    for (let i = -count; i <= count; i += 1) {
      for (let j = -count; j <= count; j += 1) {
        // The middle of the first stays where it was when only the scale changes.
        const [dx, dy] = [centre.dx + (centre.scale - scale) / 2 + i * step, centre.dy + (centre.scale - scale) / 2 + j * step];
        const likeness = likenessOf(a, b, { scale, dx, dy });
        if (likeness > chosen.likeness) chosen = { scale, dx, dy, likeness };
      }
    }
  }
  return chosen;
};

/** Correlation over the pixels of the first that lie within the second; −1 when too few do. */
const likenessOf = (a: Grey, b: Grey, { scale, dx, dy }: { readonly scale: number; readonly dx: number; readonly dy: number }): number => {
  const across = sampling({ count: a.width, limit: b.width, scale, shift: dx });
  const down = sampling({ count: a.height, limit: b.height, scale, shift: dy });
  const n = Math.max(0, across.to - across.from) * Math.max(0, down.to - down.from);
  if (n < OVERLAP * a.width * a.height) return -1;
  const { pixels: p } = a;
  const { pixels: q } = b;
  let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
  for (let y = down.from; y < down.to; y += 1) {
    const v = down.share[y]!;
    const [upper, lower] = [down.index[y]! * b.width, Math.min(b.height - 1, down.index[y]! + 1) * b.width];
    for (let x = across.from; x < across.to; x += 1) {
      const u = across.share[x]!;
      const left = across.index[x]!;
      const right = left + 1 < b.width ? left + 1 : left;
      const one = p[y * a.width + x]!;
      const other = (q[upper + left]! * (1 - u) + q[upper + right]! * u) * (1 - v) + (q[lower + left]! * (1 - u) + q[lower + right]! * u) * v;
      sa += one;
      sb += other;
      saa += one * one;
      sbb += other * other;
      sab += one * other;
    }
  }
  return correlation(n, { sa, sb, saa, sbb, sab });
};

/** Where the pixels of one side fall on the other picture: the pixel before, and the share of the one after. */
const sampling = ({ count, limit, scale, shift }: { readonly count: number; readonly limit: number; readonly scale: number; readonly shift: number }) => {
  const index = new Int32Array(count);
  const share = new Float32Array(count);
  let [from, to] = [count, 0];
  for (let each = 0; each < count; each += 1) {
    const place = (scale * ((each + 0.5) / count) + shift) * limit - 0.5;
    if (place < -0.5 || place > limit - 0.5) continue;
    from = Math.min(from, each);
    to = each + 1;
    const inside = Math.min(limit - 1, Math.max(0, place));
    index[each] = Math.floor(inside);
    share[each] = inside - index[each]!;
  }
  return { from, to, index, share };
};

const correlation = (n: number, { sa, sb, saa, sbb, sab }: { readonly sa: number; readonly sb: number; readonly saa: number; readonly sbb: number; readonly sab: number }): number => {
  const spread = (saa - (sa * sa) / n) * (sbb - (sb * sb) / n);
  return spread <= 1e-9 ? 0 : (sab - (sa * sb) / n) / Math.sqrt(spread);
};

/** Strength of the edges, evened out so that one lamp does not outshine all: its root. */
const edgesOf = (picture: Grey): Grey => {
  const { width, height } = picture;
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) out[y * width + x] = Math.sqrt(Math.hypot(at(picture, x + 1, y) - at(picture, x - 1, y), at(picture, x, y + 1) - at(picture, x, y - 1)));
  return { width, height, pixels: out };
};

/** Where a box of the first picture lies on the second, and how much of it is in sight. */
export const carried = ([left, top, width, height]: Box, { scale, dx, dy }: Pick<Alignment, 'scale' | 'dx' | 'dy'>): { readonly box: Box; readonly inSight: number } => {
  const box: Box = [scale * left + dx, scale * top + dy, scale * width, scale * height];
  const wide = Math.max(0, Math.min(1, box[0] + box[2]) - Math.max(0, box[0]));
  const high = Math.max(0, Math.min(1, box[1] + box[3]) - Math.max(0, box[1]));
  return { box, inSight: box[2] * box[3] > 0 ? (wide * high) / (box[2] * box[3]) : 0 };
};

const LOOK = { width: 192, height: 144 };
const BLOCK = 8;
/** A block that shows something, levels of spread. */
const TEXTURE = 9;
/** A copied block correlates above this even when it was compressed, brightened and resized. */
const SAME_BLOCK = 0.75;
/** Blocks that may differ by chance: a written-in date, a badly aligned corner. */
const SHARE_OF_OTHERS = 0.02;

/**
 * Whether the second picture is the first again, block by block where they overlap: a new photo of the same place differs where anything moved, was mended or cast another shadow.
 * `aside` are boxes of the first that say nothing, because they were blurred.
 */
export const isCopy = (first: Grey, second: Grey, { alignment, aside }: { readonly alignment: Alignment; readonly aside: readonly Box[] }): boolean => {
  const [a, b] = [resized(first, LOOK), resized(second, LOOK)];
  let [blocks, others] = [0, 0];
  for (let top = 0; top + BLOCK <= LOOK.height; top += BLOCK) {
    for (let left = 0; left + BLOCK <= LOOK.width; left += BLOCK) {
      const own: Box = [left / LOOK.width, top / LOOK.height, BLOCK / LOOK.width, BLOCK / LOOK.height];
      if (carried(own, alignment).inSight < 0.999 || aside.some((box) => overlaps(box, own))) continue;
      const like = blockLikeness(a, b, { left, top, alignment });
      if (like === null) continue;
      blocks += 1;
      if (like < SAME_BLOCK) others += 1;
    }
  }
  return blocks >= 20 && others <= Math.max(1, SHARE_OF_OTHERS * blocks);
};

/** Correlation within a block, the best of a pixel around; null when both show nothing there. */
const blockLikeness = (a: Grey, b: Grey, { left, top, alignment: { scale, dx, dy } }: { readonly left: number; readonly top: number; readonly alignment: Alignment }): number | null => {
  let highest = -1;
  let isPlain = true;
  for (const [shiftX, shiftY] of [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]] as const) {
    let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
    for (let y = top; y < top + BLOCK; y += 1) {
      for (let x = left; x < left + BLOCK; x += 1) {
        const p = a.pixels[y * a.width + x]!;
        const q = at(b, (scale * ((x + 0.5) / a.width) + dx) * b.width - 0.5 + shiftX * scale, (scale * ((y + 0.5) / a.height) + dy) * b.height - 0.5 + shiftY * scale);
        sa += p;
        sb += q;
        saa += p * p;
        sbb += q * q;
        sab += p * q;
      }
    }
    const n = BLOCK * BLOCK;
    const spread = (sum: number, squares: number) => Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2));
    if (Math.max(spread(sa, saa), spread(sb, sbb)) >= TEXTURE) isPlain = false;
    highest = Math.max(highest, correlation(n, { sa, sb, saa, sbb, sab }));
  }
  return isPlain ? null : highest;
};

const overlaps = (a: Box, b: Box): boolean => a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];
