import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { RecordsFile, SiteFile } from '../../src-shared/plant/index.ts';
import { fromRepository, readText } from '../platform.ts';
import { drawBinhai } from './binhai.ts';

const plant = drawBinhai();
const asset = (name: string): unknown => parse(readText(fromRepository('assets', 'plants', 'binhai', name)));
const matches = (pattern: string, id: string) => new RegExp(`^${pattern.split('*').map((part) => part.replaceAll('.', '\\.')).join('.*')}$`).test(id);

describe('the site file of Binhai Works', () => {
  const site = SiteFile.parse(asset('site.yaml'));

  it('carries every tag by exactly one feed', () => {
    const carriers = plant.tags.map(({ id }) => [id, site.feeds.filter((feed) => feed.mappings.some(({ tags }) => tags.some((pattern) => matches(pattern, id)))).map((feed) => feed.id)] as const);
    expect(carriers.filter(([, feeds]) => feeds.length !== 1)).toEqual([]);
  });

  it('has a person for every role', () => {
    expect(new Set(site.users.map(({ role }) => role))).toEqual(new Set(['operator', 'commander', 'safety-manager', 'regulator', 'frontline', 'installer']));
  });
});

describe('the records of Binhai Works', () => {
  it('name only zones, equipment and people that exist', () => {
    const records = RecordsFile.parse(asset('records.yaml'));
    const known = new Set([...plant.zones, ...plant.equipment, ...plant.people].map(({ id }) => id));
    const named = [
      ...records.permits.flatMap(({ zone, equipment, people }) => [zone, equipment, ...people]), ...records.inspections.map(({ equipment }) => equipment),
      ...records.hazards.flatMap(({ zone, equipment }) => [zone, equipment]), ...records.plans.flatMap(({ zone, equipment }) => [zone, equipment]), ...records.qualifications.map(({ person }) => person),
    ];
    expect(named.filter((id) => id !== undefined && !known.has(id))).toEqual([]);
  });
});
