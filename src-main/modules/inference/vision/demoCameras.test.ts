import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { unwrap } from '../../../../src-shared/kernel/index.ts';
import { SiteFile } from '../../../../src-shared/plant/index.ts';
import { readVisionModel } from '../card.ts';
import { letterbox } from '../model/vision/letterbox.ts';
import { createScene } from '../model/vision/scene.ts';
import { openVisionSession, type Sight } from './session.ts';

/** The shipped detector and the rules of a scene on the pictures that the demo plant's cameras show: what a scenario stages is told, a normal day is not. */
const root = join(import.meta.dirname, '../../../..');
const folder = join(root, 'assets/cameras');
const pictures = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { frameMs: number; cameras: { id: string; loops: Record<string, string[]> }[] };
const site = SiteFile.parse(parse(readFileSync(join(root, 'assets/plants/binhai/site.yaml'), 'utf8')));
const model = unwrap(readVisionModel(join(root, 'models/vision-ppe.json')));
const session = await openVisionSession(model);
afterAll(() => session.close());

/** Kinds of breach told while a loop is shown for some seconds, pictures taken as the site file says. */
const told = async (camera: string, loop: string, seconds: number): Promise<string[]> => {
  const files = pictures.cameras.find(({ id }) => id === camera)?.loops[loop] ?? [];
  const { zones, fps } = site.cameras.find(({ id }) => id === camera)!;
  const sights = new Map<string, Sight>();
  const scene = createScene();
  const kinds: string[] = [];
  const [, height, width] = model.card.input.shape;
  for (let at = 0; at < seconds * 1_000; at += 1_000 / fps) {
    // Not on the beat of the loop: a station asks when it likes.
    const file = files[Math.floor((at + 130) / pictures.frameMs) % files.length]!;
    const sight = sights.get(file) ?? unwrap(await session.detect(readFileSync(join(folder, file)), 0.1));
    sights.set(file, sight);
    const rules = { thresholds: model.card.thresholds, smallestHead: model.card.smallestHead, scale: letterbox(sight, { width, height }).scale };
    kinds.push(...scene.step({ at, width: sight.width, height: sight.height, detections: sight.detections, zones, rules }).begun.map(({ kind }) => kind));
  }
  return [...new Set(kinds)];
};

describe('the demo cameras under the shipped detector', () => {
  it.each([['CAM-05', 'no-helmet'], ['CAM-11', 'no-helmet'], ['CAM-08', 'intrusion'], ['CAM-10', 'climbing'], ['CAM-09', 'fire']])('%s shows %s, and it is told', async (camera, kind) => {
    expect(await told(camera, kind, 20)).toContain(kind);
  }, 120_000);

  it('one bad moment is no violation: four seconds without a vest are not told', async () => {
    expect(await told('CAM-06', 'no-vest', 4)).toEqual([]);
  }, 120_000);

  it.each(['CAM-05', 'CAM-08', 'CAM-10', 'CAM-11'])('%s on a normal day: nothing is told', async (camera) => {
    expect(await told(camera, 'normal', 20)).toEqual([]);
  }, 120_000);
});
