import { describe, expect, it } from 'vitest';
import { isPlantState, namesIn, parsePlantState, plantStateWords } from './plantState.ts';

const values: Readonly<Record<string, number>> = { 'XS-201': 0, 'FT-101': 3, 'TT-102': 90, 'LT-1': Number.NaN };
const holds = (source: string): boolean | null | string => {
  const parsed = parsePlantState(source);
  return parsed.ok ? isPlantState(parsed.value, { value: (tag) => values[tag] ?? Number.NaN, isOut: (id) => id === 'K-201' }) : parsed.refusal.text.en;
};

describe('plant states', () => {
  it.each([
    ['XS-201 = 0', true], ['XS-201 != 0', false], ['FT-101 < 5 and TT-102 > 80', true], ['FT-101>=3.0', true], ['not FT-101 <= 2 and XS-201=0', true],
    ['XS-201 = 1 or FT-101 < 5 and TT-102 > 95', false], ['(XS-201 = 1 or FT-101 < 5) and TT-102 > 80', true], ['out(K-201)', true], ['out(K-202) or out( K-201 )', true], ['FT-101 > -5', true],
  ])('%s', (source, expected) => {
    expect(holds(source)).toBe(expected);
  });

  it('is unknown where an unknown value decides, and only there', () => {
    expect(holds('LT-1 < 5')).toBeNull();
    expect(holds('not LT-1 < 5')).toBeNull();
    expect(holds('LT-1 < 5 and XS-201 = 0')).toBeNull();
    expect(holds('LT-1 < 5 and XS-201 = 1')).toBe(false);
    expect(holds('LT-1 < 5 or XS-201 = 0')).toBe(true);
  });

  it.each([
    ['', 'the expression is not complete'], ['XS-201', 'the expression is not complete'], ['XS-201 = ', 'the expression is not complete'], ['XS-201 = stopped', 'the expression makes no sense at "stopped"'],
    ['XS-201 = 0 XS-202 = 1', 'the expression makes no sense at "XS-202"'], ['(XS-201 = 0', 'the expression is not complete'], ['XS-201 == 0', 'the expression makes no sense at "="'], ['XS-201 = 0; drop', 'the expression makes no sense at "; drop"'], ['out()', 'the expression makes no sense at ")"'],
  ])('refuses %j', (source, expected) => {
    expect(holds(source)).toBe(expected);
  });

  it('names what it depends on and speaks in words', () => {
    const parsed = parsePlantState('XS-201 = 0 or not out(K-201) and XS-201 > 1');
    if (!parsed.ok) throw new Error('not parsed');
    expect(namesIn(parsed.value)).toEqual({ tags: ['XS-201'], equipment: ['K-201'] });
    const names = { tag: () => ({ name: { zh: '运行', en: 'running state' }, states: [{ zh: '停止', en: 'stopped' }] }), equipment: () => ({ zh: '压缩机', en: 'Compressor' }) };
    expect(plantStateWords(parsed.value, names)).toEqual({ zh: '运行 = 停止 或 非（压缩机停运） 且 运行 > 1', en: 'running state = stopped or not (Compressor out of operation) and running state > 1' });
  });
});
