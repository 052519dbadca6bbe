import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { numberOf } from './caseAdapter.ts';
import { compare, difference } from './judge.ts';

const folder = mkdtempSync(join(tmpdir(), 'cases-'));
afterAll(() => rmSync(folder, { recursive: true }));
const program = join(import.meta.dirname, '../evaluateCases.ts');

type Report = { readonly cases: readonly { readonly id: string; readonly status: string; readonly why: string }[]; readonly passed: number; readonly failed: number; readonly unsupported: number; readonly statistics: { readonly fac2: number; readonly fb: number; readonly mg: number; readonly vg: number } | null };

const run = (files: readonly string[]): Promise<{ readonly code: number; readonly report: Report | null; readonly errors: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [program, ...files, '--json'], { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const line = stdout.trim().split('\n').at(-1) ?? '';
      resolve({ code: error === null ? 0 : Number(error.code), report: line === '' ? null : (JSON.parse(line) as Report), errors: stderr });
    });
  });

const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

const doseCase = (dose: number, id = 'dose') => ({ id, kind: 'harm', inputs: { flux: { value: 8000, unit: 'W/m2' }, exposure: { value: 10, unit: 's' } }, expected: { dose: { value: dose } }, tolerance: { kind: 'rel', value: 1e-3 } });

describe('evaluate:cases', () => {
  test('passes what is within tolerance, fails what is not, and calls unsupported what no engine can express', async () => {
    const path = file('three.json', {
      cases: [
        doseCase(10 * 8000 ** (4 / 3)), doseCase(1, 'wrong'), { ...doseCase(1, 'other'), kind: 'tsunami' },
        { id: 'incomplete', kind: 'blast-curve', inputs: {}, expected: { incident_overpressure: [1] }, tolerance: { kind: 'rel', value: 0.1 } },
      ],
    });
    const { code, report } = await run([path]);
    expect(code).toBe(1);
    expect(report).toMatchObject({ passed: 1, failed: 1, unsupported: 2, statistics: null });
    expect(report!.cases.map((each) => each.status)).toEqual(['pass', 'fail', 'unsupported', 'unsupported']);
    expect(report!.cases[3]!.why).toContain('scaled_distance');
  });

  test('stops with 2 and a sentence at what it cannot read', async () => {
    for (const files of [[], ['/nowhere/at/all.json'], [file('broken.json', '{"cases": [')], [file('shape.json', { cases: [{ id: 1 }] })]]) {
      const { code, report, errors } = await run(files);
      expect([code, report]).toEqual([2, null]);
      expect(errors.length).toBeGreaterThan(10);
    }
  });

  const reference = fileURLToPath(new URL('../../../../shared/reference', import.meta.url));
  test.skipIf(!existsSync(reference))('meets the field trials of the reference files (skipped where those files are not)', async () => {
    const { report } = await run(readdirSync(reference).filter((name) => /^(dispersion|fire-explosion)\.json$/.test(name)).map((name) => join(reference, name)));
    const { fac2, fb, mg, vg } = report!.statistics!;
    expect(fac2).toBeGreaterThanOrEqual(0.7);
    expect(Math.abs(fb)).toBeLessThan(0.3);
    expect(mg).toBeGreaterThan(0.7);
    expect(mg).toBeLessThan(1.3);
    expect(vg).toBeLessThan(1.6);
    expect(report!.passed).toBeGreaterThanOrEqual(45);
  }, 60_000);
});

describe('the judge', () => {
  test('holds numbers, lists and nested values to the tolerance', () => {
    expect(difference({ a: [1, 2], b: { value: 3, unit: 'm' } }, { a: [1.01, 2], b: 3 }, { kind: 'rel', value: 0.02 })).toBeNull();
    expect(difference([1, 2], [1], { kind: 'rel', value: 0.5 })).toContain('2 values');
    expect(compare({ a: { b: 1, c: 2 } }, { a: { b: 1 } }, { kind: 'exact', value: 0 })).toEqual({ misses: [], missing: ['expected.a.c'], judged: 1 });
    expect(difference(10, 21, { kind: 'factor', value: 2 })).toContain('factor 2');
    expect(difference(null, 0, { kind: 'exact', value: 0 })).not.toBeNull();
    expect(difference(1, Number.NaN, { kind: 'factor', value: 1e9 })).not.toBeNull();
  });

  test('counts no calculation nearer than a value is printed, when it is printed to four figures', () => {
    expect(difference(1.6168, 1.61681, { kind: 'rel', value: 1e-6 })).toBeNull();
    expect(difference(0.1, 0.14, { kind: 'rel', value: 0.01 })).not.toBeNull();
  });
});

test('inputs come in SI', () => {
  expect(numberOf({ p: { value: 900, unit: 'mbar' } }, 'p')).toBe(90000);
  expect(numberOf({ T: { value: 15, unit: 'C' } }, 'T')).toBeCloseTo(288.15, 9);
  expect(numberOf({ d: { value: 20, unit: 'mm' } }, 'd')).toBe(0.02);
  expect(() => numberOf({}, 'x', 'y')).toThrow(/inputs.x or inputs.y/);
});
