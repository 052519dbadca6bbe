import { expect, test } from 'vitest';
import { inferno, powerOfTen, type Rgb, riskColour, riskPlace, THEMES } from './palette.ts';
import { riskImage } from './riskImage.ts';

const luminance = (colour: Rgb): number => {
  const [r, g, b] = colour.map((part) => (part / 255 <= 0.040_45 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
};
const contrast = (a: Rgb, b: Rgb): number => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);

test('text and alarm colours can be read on every panel', () => {
  for (const { text, dim, panel, alarm } of Object.values(THEMES)) {
    expect(contrast(text, panel)).toBeGreaterThanOrEqual(10);
    expect(contrast(dim, panel)).toBeGreaterThanOrEqual(6);
    for (const colour of Object.values(alarm)) expect(contrast(colour, panel)).toBeGreaterThanOrEqual(4.5);
  }
});

test('the risk ramp is a log scale that only grows brighter', () => {
  expect(riskPlace(1e-8)).toBeCloseTo(0);
  expect(riskPlace(1e-3)).toBeCloseTo(1);
  for (let i = 1; i <= 50; i += 1) expect(luminance(inferno(i / 50))).toBeGreaterThan(luminance(inferno((i - 1) / 50)));
});

test('risk as usual stays faint and nearly grey, more than usual or above 10⁻⁴ shows, and nothing below the lowest criterion', () => {
  for (const nothing of [0, -1, Number.NaN, 2.9e-7]) expect(riskColour(nothing, 1e-9)).toEqual([0, 0, 0, 0]);
  const [, , , faint] = riskColour(3e-5, 3e-5);
  const spread = ([red, green, blue]: readonly number[]): number => Math.max(red!, green!, blue!) - Math.min(red!, green!, blue!);
  expect(faint).toBeLessThan(35);
  expect(riskColour(3e-5, 3e-5)).toEqual(riskColour(3e-5, 2.9e-5));
  const abnormal = riskColour(3e-5, 1e-5);
  expect(abnormal[3]).toBeGreaterThan(4 * faint);
  expect(spread(abnormal)).toBeGreaterThan(2 * spread(riskColour(3e-5, 3e-5)));
  expect(riskColour(3e-4, 3e-4)[3]).toBeGreaterThan(4 * faint);
  for (let ratio = 1; ratio < 5; ratio += 0.2) expect(riskColour(1e-5 * (ratio + 0.2), 1e-5)[3]).toBeGreaterThanOrEqual(riskColour(1e-5 * ratio, 1e-5)[3]);
});

test('the field as an image has the north on top', () => {
  const { data } = riskImage({ nx: 1, ny: 2, perYear: Float32Array.of(0, 1e-3), standing: Float32Array.of(0, 1e-3) });
  expect(data[3]).toBeGreaterThan(0);
  expect(data[7]).toBe(0);
});

test('small frequencies are written as powers of ten', () => {
  expect([3e-7, 1e-5, 3e-6, 1e-8, 2.5e-4].map(powerOfTen)).toEqual(['3×10⁻⁷', '10⁻⁵', '3×10⁻⁶', '10⁻⁸', '2.5×10⁻⁴']);
});
