import { describe, expect, it } from 'vitest';
import { hashOf, placeOf } from './place.ts';
import { en } from './texts/en.ts';
import { zh } from './texts/zh.ts';

describe('the place in the address', () => {
  it('comes back as it went, whatever the ids hold', () => {
    for (const place of [
      { screen: 'overview', subject: null, target: null },
      { screen: 'alarms', subject: 'AR-GD-101.PV/HIHI', target: null },
      { screen: 'units', subject: 'AR', target: { kind: 'tag', id: 'a:b?c&d' } },
    ] as const) expect(placeOf(hashOf(place))).toEqual(place);
  });
  it('falls back to the overview on nonsense', () => {
    expect(placeOf('#/nowhere?detail=dragon:1')).toEqual({ screen: 'overview', subject: null, target: null });
    expect(placeOf('#/units/100%')).toEqual({ screen: 'units', subject: '100%', target: null });
    expect(placeOf('')).toEqual({ screen: 'overview', subject: null, target: null });
  });
});

describe('the texts', () => {
  type Tree = { readonly [key: string]: string | Tree };
  const flat = (tree: Tree, path = ''): [string, string][] => Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[path + key, value]] : flat(value, `${path}${key}.`)));
  const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort((a, b) => a.localeCompare(b)).join();

  it('say the same in both languages: every text is there and takes the same values', () => {
    const english = new Map(flat(en));
    for (const [key, text] of flat(zh)) {
      expect(text, key).not.toBe('');
      expect(english.get(key), key).toBeTruthy();
      expect(holes(english.get(key) ?? ''), key).toBe(holes(text));
    }
  });
});
