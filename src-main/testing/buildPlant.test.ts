import { expect, it } from 'vitest';
import { buildPlant, buildRecords, buildSite } from './buildPlant.ts';

it('makes a plant, a site and records that their schemas accept', () => {
  expect(buildPlant().tags.map((tag) => tag.id)).toContain('PT-101');
  expect(buildPlant((plant) => void (plant.version = '2')).version).toBe('2');
  expect(buildSite().users[0]?.role).toBe('operator');
  expect(buildRecords().permits).toEqual([]);
});
