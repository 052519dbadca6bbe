import { expect, it } from 'vitest';
import { convert, ucumFor, unitOf, valueWord } from './ucum.ts';

it.each(['1', '%', 'MPa', 'Cel', 'm3/h', 'kPa', 'mm', 'm3', 'A', 'kW', 'mm/s', 'kV', 'mA', '/min', 'h', 'kg', '[ppm]', '[pH]', 'mg/L', 'm/s', 'deg', 'hPa', 'W/m2', 'mm/h', 'kg.m-3', 'J/(kg.K)', '10*6/L', '{r}/min', 'm3{norm}/h', 'kgf/cm2', 'mm[H2O]', 'dB', '[degF]', 'uS/cm'])('knows %s', (code) => {
  expect(unitOf(code)).not.toBeNull();
});

it.each(['', 'mpa', 'bars', 'm^3', 'degC', '℃', 'm3//h', '(m', 'ppm', 'kmin', '%%', 'constructor', 'a'.repeat(80), '('.repeat(60)])('does not know %j', (code) => {
  expect(unitOf(code)).toBeNull();
});

it('converts by factor and offset, and never between things that differ', () => {
  const near = (value: number | null) => (value === null ? null : Number(value.toPrecision(9)));
  expect(near(convert(1013.25, 'hPa', 'Pa'))).toBe(101_325);
  expect(near(convert(36, 'km/h', 'm/s'))).toBe(10);
  expect(near(convert(25, 'Cel', 'K'))).toBe(298.15);
  expect(near(convert(212, '[degF]', 'Cel'))).toBe(100);
  expect(near(convert(10, '[kn_i]', 'm/s'))).toBe(5.14444444);
  expect(near(convert(1, 'kgf/cm2', 'kPa'))).toBe(98.0665);
  expect(near(convert(5, '[ppm]', '%'))).toBe(0.0005);
  expect(convert(1, 'MPa', 'Cel')).toBeNull();
  expect(convert(1, 'MPa', 'nonsense')).toBeNull();
  expect(unitOf('J/(kg.K)')?.dimension).toBe(unitOf('m2.s-2.K-1')?.dimension);
});

it.each([['℃', 'Cel'], ['°C', 'Cel'], ['m³/h', 'm3/h'], ['Nm3/h', 'm3/h'], ['ppm', '[ppm]'], ['r/min', '/min'], ['％', '%'], ['MPa', 'MPa'], ['μm', 'um'], ['kgf/cm2', 'kgf/cm2'], ['kW·h', 'kW.h'], ['pH', '[pH]']])('reads %s as %s', (written, code) => {
  expect(ucumFor(written)).toBe(code);
});
it('gives nothing for what is no unit', () => expect(ucumFor('bananas')).toBeNull());

it.each([[1_000, '[ppm]', '1000 ppm'], [0.051234, 'MPa', '0.0512 MPa'], [52.31, 'Cel', '52.3 °C'], [3, '1', '3'], [Number.NaN, '%', '? %']])('says %s in %s as %s', (value, unit, words) => {
  expect(valueWord(value, unit)).toBe(words);
});
