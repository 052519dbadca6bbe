import { CanvasTexture, SRGBColorSpace } from 'three';
import { createRandom, type Random } from './random.ts';

/**
 * Cloth as it is wrapped round a torso: u runs round the body (right side, front at a quarter, left side, back at three
 * quarters), v from the hem to the collar.
 */
const [WIDTH, HEIGHT] = [512, 256];
const [FRONT, BACK] = [WIDTH * 0.25, WIDTH * 0.75];

const canvas = (): [HTMLCanvasElement, CanvasRenderingContext2D] => {
  const element = document.createElement('canvas');
  [element.width, element.height] = [WIDTH, HEIGHT];
  return [element, element.getContext('2d')!];
};

const finish = (element: HTMLCanvasElement): CanvasTexture => {
  const texture = new CanvasTexture(element);
  texture.colorSpace = SRGBColorSpace;
  texture.anisotropy = 4;
  return texture;
};

/** Soft light and dark streaks where cloth folds, drawn once (blurring is slow) and laid on at another place each time. */
const foldSheets = ((): (() => readonly HTMLCanvasElement[]) => {
  let made: HTMLCanvasElement[] | undefined;
  return () => (made ??= Array.from({ length: 5 }, (_, n) => foldSheet(createRandom(500 + n))));
})();

const foldSheet = (random: Random): HTMLCanvasElement => {
  const [sharp, context] = canvas();
  for (let i = 0; i < 46; i += 1) {
    context.strokeStyle = random.chance(0.55) ? `rgba(0,0,0,${random.between(0.05, 0.2)})` : `rgba(255,255,255,${random.between(0.03, 0.13)})`;
    context.lineWidth = random.between(3, 12);
    const [x, y] = [random.between(0, WIDTH), random.between(0, HEIGHT)];
    context.beginPath();
    context.moveTo(x, y);
    context.quadraticCurveTo(x + random.between(-30, 30), y + random.between(-10, 40), x + random.between(-60, 60), y + random.between(-30, 60));
    context.stroke();
  }
  const [soft, blurred] = canvas();
  blurred.filter = 'blur(5px)';
  blurred.drawImage(sharp, 0, 0);
  return soft;
};

const folds = (context: CanvasRenderingContext2D, random: Random, strength: number): void => {
  const [sheet, aside] = [random.pick(foldSheets()), random.between(0, WIDTH)];
  context.globalAlpha = Math.min(1, strength);
  for (const x of [aside, aside - WIDTH]) context.drawImage(sheet, x, 0);
  context.globalAlpha = 1;
};

/** Work wear with zip, collar, pockets and belt; `words` on the back. */
export const workWear = (colour: string, random: Random): CanvasTexture => {
  const [element, context] = canvas();
  context.fillStyle = colour;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  folds(context, random, 1);
  context.strokeStyle = 'rgba(0,0,0,0.4)';
  context.lineWidth = 3;
  context.strokeRect(FRONT - 1, 0, 2, HEIGHT);
  for (const side of [-1, 1]) context.strokeRect(FRONT + side * 52 - 20, HEIGHT * 0.32, 40, 42);
  context.fillStyle = 'rgba(0,0,0,0.28)';
  context.fillRect(0, HEIGHT * 0.8, WIDTH, 9);
  context.beginPath();
  context.moveTo(FRONT - 34, 0);
  context.lineTo(FRONT, 54);
  context.lineTo(FRONT + 34, 0);
  context.fill();
  if (random.chance(0.4)) {
    context.fillStyle = random.chance(0.5) ? 'rgba(255,255,255,0.85)' : 'rgba(20,20,30,0.7)';
    for (let i = 0; i < 4; i += 1) context.fillRect(BACK - 62 + i * 32, HEIGHT * 0.3, 25, 26);
  }
  return finish(element);
};

/** A plain shirt, checked now and then. */
export const shirt = (colour: string, random: Random): CanvasTexture => {
  const [element, context] = canvas();
  context.fillStyle = colour;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  if (random.chance(0.3)) {
    context.fillStyle = random.chance(0.5) ? 'rgba(0,0,0,0.25)' : 'rgba(255,255,255,0.25)';
    const step = random.between(14, 34);
    for (let x = 0; x < WIDTH; x += step) context.fillRect(x, 0, step / 3, HEIGHT);
    if (random.chance(0.6)) for (let y = 0; y < HEIGHT; y += step) context.fillRect(0, y, WIDTH, step / 3);
  }
  folds(context, random, 1.1);
  return finish(element);
};

/** A high-visibility vest: fluorescent cloth, zip, two reflective bands round the body and two over the shoulders. */
export const vest = (colour: string, random: Random): CanvasTexture => {
  const [element, context] = canvas();
  context.fillStyle = colour;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  folds(context, random, 0.7);
  const band = random.between(17, 27);
  const edged = random.chance(0.4) ? random.pick(['#e8641b', '#d9e021', '#2a2f36']) : null;
  const silver = (x: number, y: number, across: readonly [number, number]) => {
    if (edged !== null) {
      context.fillStyle = edged;
      context.fillRect(x - 5, y - 5, across[0] + 10, across[1] + 10);
    }
    context.fillStyle = random.pick(['#d5d9dc', '#c3c8cc', '#e9ecee']);
    context.fillRect(x, y, across[0], across[1]);
  };
  const levels = random.chance(0.75) ? [0.5, 0.76] : [0.62];
  if (random.chance(0.75)) for (const middle of [FRONT, BACK]) for (const side of [-1, 1]) silver(middle + side * 62 - band / 2, 0, [band, HEIGHT * levels[0]!]);
  for (const level of levels) silver(-8, HEIGHT * level, [WIDTH + 16, band]);
  context.fillStyle = 'rgba(30,34,38,0.75)';
  context.fillRect(FRONT - 2, 0, 4, HEIGHT);
  context.beginPath();
  context.moveTo(FRONT - 30, 0);
  context.lineTo(FRONT, 84);
  context.lineTo(FRONT + 30, 0);
  context.fill();
  if (random.chance(0.35)) {
    context.fillStyle = 'rgba(30,40,90,0.8)';
    for (let i = 0; i < 3; i += 1) context.fillRect(BACK - 38 + i * 28, HEIGHT * 0.24, 20, 22);
  }
  return finish(element);
};
