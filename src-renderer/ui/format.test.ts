import { describe, expect, it } from 'vitest';
import { bytes, duration, minutesSeconds, moment, number, offset, scientific, share, significant, unitWord } from './format.ts';
import { keyName } from './useHotkeys.ts';
import { baseFontPx, screenGeometry } from './typeScale.ts';

describe('numbers', () => {
  it('keep their decimals, group thousands from five digits on, and say – for none', () => {
    expect([number(3, 2), number(-0.001, 1), number(1234), number(-12345.6, 1), number(Number.NaN)]).toEqual(['3.00', '0.0', '1234', '-12\u2009345.6', '–']);
  });
  it('show frequencies as powers and doses as shares', () => {
    expect([scientific(1.23e-5), scientific(0), share(0.475), share(16.457)]).toEqual(['1.2×10⁻⁵', '0', '47.5%', '16×']);
  });
  it('keep significant digits', () => {
    expect([significant(2.44), significant(0.0452), significant(1100, 3), significant(1e-6), significant(0)]).toEqual(['2.4', '0.045', '1100', '1.0×10⁻⁶', '0']);
  });
  it('write bytes in their unit', () => {
    expect([bytes(0), bytes(81e9), bytes(412e6)]).toEqual(['0 B', '81.0 GB', '412 MB']);
  });
  it('turn UCUM into what stands on an instrument', () => {
    expect(['Cel', '[ppm]', '1', 'MPa', 'Cel/min'].map(unitWord)).toEqual(['°C', 'ppm', '', 'MPa', '°C/min']);
  });
});

describe('times', () => {
  const at = Date.UTC(2026, 10, 24, 23, 5, 9);
  it('stand in the site’s zone, in the same form in both languages', () => {
    expect((['time', 'minute', 'date', 'dateTime', 'stamp'] as const).map((form) => moment(at, 'Asia/Shanghai', form))).toEqual(['07:05:09', '07:05', '11-25', '11-25 07:05', '2026-11-25 07:05:09']);
    expect([offset(at, 'Asia/Shanghai'), offset(at, 'Asia/Kolkata'), offset(at, 'UTC')]).toEqual(['+08', '+05:30', '+00']);
    expect(moment(Number.NaN, 'UTC', 'time')).toBe('–');
  });
  it('age in one or two units', () => {
    expect([-5, 42_000, 184_000, 1_500_000, 7_500_000, 300_000_000].map((ms) => duration(ms, 'en'))).toEqual(['0 s', '42 s', '3 min 04', '25 min', '2 h 05', '3 d']);
    expect(duration(184_000, 'zh')).toBe('3 分 04');
    expect([minutesSeconds(221), minutesSeconds(Number.POSITIVE_INFINITY)]).toEqual(['3:41', '–']);
  });
});

describe('type size', () => {
  it('gives 24 arc-minutes: about 65 px on a 75-inch 4K wall at 4 m', () => {
    expect(Math.abs(baseFontPx({ width: 3840, height: 2160, diagonalInches: 75, distanceM: 4, wall: true }) - 65)).toBeLessThanOrEqual(1);
  });
  it('is never too small to read nor too large to fit', () => {
    expect(baseFontPx({ width: 1366, height: 768, diagonalInches: 24, distanceM: 0.3, wall: false })).toBe(12.5);
    expect(baseFontPx({ width: 1920, height: 1080, diagonalInches: 24, distanceM: 5, wall: false })).toBe(23.5);
  });
  it('takes distance and diagonal from the address and ignores nonsense', () => {
    expect(screenGeometry({ search: '?distance=2&diagonal=x', width: 1, height: 1, wall: false })).toMatchObject({ distanceM: 2, diagonalInches: 24 });
    expect(screenGeometry({ search: '', width: 1, height: 1, wall: true })).toMatchObject({ distanceM: 4, diagonalInches: 75 });
  });
});

describe('key names', () => {
  const press = (key: string, code: string, modifiers: Partial<Record<'altKey' | 'shiftKey' | 'ctrlKey' | 'metaKey', boolean>> = {}) => keyName({ key, code, altKey: false, shiftKey: false, ctrlKey: false, metaKey: false, ...modifiers });
  it('follow the key and not the input method, and leave the browser its own', () => {
    expect([press('a', 'KeyA'), press('A', 'KeyA', { shiftKey: true }), press('å', 'KeyA', { altKey: true }), press('Process', 'KeyN'), press('?', 'Slash', { shiftKey: true }), press('r', 'KeyR', { ctrlKey: true })]).toEqual(['a', 'Shift+a', 'Alt+a', 'n', '?', null]);
  });
});
