import type { PictureBox } from '../../../../src-shared/contract/index.ts';
import { createEmitter, SECOND, type Clock, type Disposable, type Listen } from '../../../../src-shared/kernel/index.ts';
import type { Cameras, Picture } from '../../cameras/index.ts';
import type { VisionCard } from '../card.ts';
import { boxesOn, createScene, type Breach } from '../model/vision/scene.ts';
import type { Vision } from './service.ts';
import type { Sight } from './session.ts';

/** A breach on a camera, told when it begins and then once a second while it lasts, with the picture that shows it. */
export type BreachReport = { readonly camera: string; readonly breach: Breach; readonly isNew: boolean; readonly picture: Picture; readonly boxes: readonly PictureBox[] };
export type CameraWatch = Disposable & {
  readonly onDidSee: Listen<BreachReport>;
  /** What is on one picture, whoever took it; null when no model can look, or the bytes are no picture. */
  look(jpeg: Uint8Array): Promise<readonly PictureBox[] | null>;
};

type Dependencies = {
  readonly cameras: Pick<Cameras, 'onDidReceive' | 'see' | 'zonesOf'>;
  /** Cameras whose pictures are looked at. */
  readonly watched: ReadonlySet<string>;
  readonly vision: Pick<Vision, 'detect' | 'card'>;
  readonly clock: Clock;
};

const REPEAT_MS = SECOND;

/** Looks at every picture that comes while there is time (of each camera the newest), and follows what is on it. */
export const createCameraWatch = ({ cameras, watched, vision, clock }: Dependencies): CameraWatch => {
  const seen = createEmitter<BreachReport>();
  const scenes = new Map<string, ReturnType<typeof createScene>>();
  const toldAt = new Map<string, number>();
  let looks = 0;

  const rulesFor = ({ scale }: Sight, { thresholds, smallestHead }: VisionCard) => ({ thresholds, smallestHead, scale });
  const follow = async (picture: Picture) => {
    const { camera, at, jpeg } = picture;
    const began = clock.monotonic();
    const answer = await vision.detect({ source: camera, picture: jpeg.slice() });
    const card = vision.card();
    if (!answer.ok || card === null) return;
    const scene = scenes.get(camera) ?? createScene();
    scenes.set(camera, scene);
    const { value } = answer;
    const { boxes, standing, begun } = scene.step({ at, width: value.width, height: value.height, detections: value.detections, zones: cameras.zonesOf(camera), rules: rulesFor(value, card) });
    cameras.see({ camera, at, boxes: [...boxes], tookMs: Math.round(clock.monotonic() - began) });
    for (const breach of standing) {
      const isNew = begun.includes(breach);
      const key = `${camera}/${breach.kind}`;
      if (!isNew && at - (toldAt.get(key) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS) continue;
      toldAt.set(key, at);
      seen.emit({ camera, breach, isNew, picture, boxes });
    }
  };
  const listening = cameras.onDidReceive((picture) => {
    if (watched.has(picture.camera)) void follow(picture);
  });

  return {
    onDidSee: seen.listen,
    async look(jpeg) {
      looks += 1;
      const answer = await vision.detect({ source: `look ${looks}`, picture: Uint8Array.from(jpeg) });
      const card = vision.card();
      return !answer.ok || card === null ? null : boxesOn({ ...answer.value, rules: rulesFor(answer.value, card) });
    },
    [Symbol.dispose]: () => listening[Symbol.dispose](),
  };
};
