/**
 * `npm run -s cameras:render [-- --camera ID] [--loop NAME] [--frames N] [--out FOLDER]`: draws the loops of pictures that the demo plant's cameras show,
 * as JPEG with a manifest, from the poses of the plant model. With `--camera` or `--loop` only those are drawn anew.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CameraPictures } from '../../src-plant/cameraPictures.ts';
import { PlantModel } from '../../src-shared/plant/index.ts';
import { openStudioPage } from './studioPage.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values: options } = parseArgs({ options: { camera: { type: 'string' }, loop: { type: 'string' }, frames: { type: 'string', default: '16' }, out: { type: 'string', default: join(root, 'assets/cameras') } } });
const asked = Number(options.frames);
const FRAME_MS = 400;

const plant = PlantModel.parse(JSON.parse(readFileSync(join(root, 'assets/plants/binhai/plant.json'), 'utf8')));
const manifestFile = join(options.out, 'manifest.json');
const before = existsSync(manifestFile) ? CameraPictures.parse(JSON.parse(readFileSync(manifestFile, 'utf8'))) : undefined;
const { page, close } = await openStudioPage();
try {
  const cameras: CameraPictures['cameras'] = [];
  for (const camera of plant.cameras) {
    const known = before?.cameras.find(({ id }) => id === camera.id);
    const folder = join(options.out, camera.id);
    if (options.camera === undefined && options.loop === undefined) rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const loops: Record<string, string[]> = {};
    for (const { name: loop, frames = asked } of await page.evaluate((id) => globalThis.pictures.loops(id), camera.id)) {
      const kept = known?.loops[loop];
      if (kept !== undefined && ((options.camera ?? camera.id) !== camera.id || (options.loop ?? loop) !== loop)) {
        loops[loop] = [...kept];
        continue;
      }
      const files: string[] = [];
      for (let frame = 0; frame < frames; frame += 1) {
        const picture = await page.evaluate(([of, which]) => globalThis.pictures.frame(of, which), [camera, { loop, frame, frames, frameS: FRAME_MS / 1000 }] as const);
        const file = `${camera.id}/${loop}-${String(frame).padStart(2, '0')}.jpg`;
        writeFileSync(join(options.out, file), Buffer.from(picture, 'base64'));
        files.push(file);
      }
      loops[loop] = files;
      console.log(`${camera.id} ${loop}: ${files.length} pictures`);
    }
    const { position, heading, tilt, fieldOfView } = camera;
    cameras.push({ id: camera.id, pose: { position: [...position] as [number, number, number], heading, tilt, fieldOfView }, loops });
  }
  const manifest: CameraPictures = { format: 'anlan.cameras/1', plant: plant.id, width: 640, height: 360, frameMs: FRAME_MS, cameras };
  writeFileSync(manifestFile, `${JSON.stringify(CameraPictures.parse(manifest), null, 1)}\n`);
} finally {
  await close();
}
