import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SiteFile } from '../src-shared/plant/index.ts';
import { CameraPictures, NORMAL } from './cameraPictures.ts';
import { drawBinhai } from './model/binhai.ts';
import { fromRepository, readBytes, readText } from './platform.ts';
import { Scenario } from './scenario.ts';

const plant = drawBinhai();
const pictures = CameraPictures.parse(JSON.parse(readText(fromRepository('assets', 'cameras', 'manifest.json'))));
const fileOf = (name: string) => fromRepository('assets', 'cameras', name);
const loopsOf = (camera: string) => pictures.cameras.find(({ id }) => id === camera)?.loops ?? {};

describe('the pictures of the demo cameras', () => {
  it('were drawn from where the cameras of the plant stand now', () => {
    expect(pictures.plant).toBe(plant.id);
    expect(pictures.cameras.map(({ id, pose }) => ({ id, ...pose }))).toEqual(plant.cameras.map(({ id, position, heading, tilt, fieldOfView }) => ({ id, position, heading, tilt, fieldOfView })));
  });

  it('are JPEG files, all there, with a loop for when nothing happens, in 6 MB', () => {
    let bytes = 0;
    for (const { id, loops } of pictures.cameras) {
      expect(loops[NORMAL], id).toBeDefined();
      for (const file of Object.values(loops).flat()) {
        const content = readBytes(fileOf(file));
        expect([content[0], content[1], content.at(-2), content.at(-1)], file).toEqual([0xff, 0xd8, 0xff, 0xd9]);
        bytes += statSync(fileOf(file)).size;
      }
    }
    expect(bytes).toBeLessThan(6_000_000);
  });

  it('have every loop that a scenario shows', () => {
    const shown = ['normal', 'ppe-violation', 'tank-fire', 'link-loss', 'ammonia-leak', 'alarm-flood', 'compressor-wear'].flatMap((name) => Scenario.parse(parse(readText(fromRepository('src-plant', 'scenarios', `${name}.yaml`)))).events.filter((event) => event.do === 'show'));
    expect(shown.length).toBeGreaterThan(4);
    expect(shown.filter(({ camera, loop }) => loopsOf(camera)[loop] === undefined)).toEqual([]);
  });

  it('are reached by the addresses in the site file', () => {
    const site = SiteFile.parse(parse(readText(fromRepository('assets', 'plants', 'binhai', 'site.yaml'))));
    expect(site.cameras.map(({ id, url }) => [id, new URL(url).pathname.replace(/\.m?jpe?g$/, '')])).toEqual(plant.cameras.map(({ id }) => [id, `/cameras/${id}`]));
  });
});
