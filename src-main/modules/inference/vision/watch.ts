import type { PictureBox } from '../../../../src-shared/contract/index.ts';
import { createEmitter, createScope, SECOND, type Clock, type Disposable, type Listen } from '../../../../src-shared/kernel/index.ts';
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
/** After a look of so many ms the model rests as long: half of one core is the most that pictures may take of a station that has other things to do. */
const REST = 1;

/** Looks at the cameras' pictures in turn, of each the newest, as long as that leaves room for the rest of the station; and follows what is on them. */
export const createCameraWatch = ({ cameras, watched, vision, clock }: Dependencies): CameraWatch => {
  const scope = createScope();
  const seen = createEmitter<BreachReport>();
  const scenes = new Map<string, ReturnType<typeof createScene>>();
  const toldAt = new Map<string, number>();
  /** Cameras in turn; a picture that is overtaken before its turn is dropped, and its camera keeps its turn. */
  const waiting = new Map<string, Picture>();
  let isBusy = false;
  let looks = 0;

  const rulesFor = ({ scale }: Sight, { thresholds, smallestHead }: VisionCard) => ({ thresholds, smallestHead, scale });
  const follow = async (picture: Picture) => {
    const { camera, at, jpeg } = picture;
    const answer = await vision.detect({ source: camera, picture: jpeg.slice(), isOfCamera: true });
    const card = vision.card();
    if (!answer.ok || card === null) return;
    const scene = scenes.get(camera) ?? createScene();
    scenes.set(camera, scene);
    const { value } = answer;
    const { boxes, standing, begun } = scene.step({ at, width: value.width, height: value.height, detections: value.detections, zones: cameras.zonesOf(camera), rules: rulesFor(value, card) });
    cameras.see({ picture, boxes });
    for (const breach of standing) {
      const isNew = begun.includes(breach);
      const key = `${camera}/${breach.kind}`;
      if (!isNew && at - (toldAt.get(key) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS) continue;
      toldAt.set(key, at);
      seen.emit({ camera, breach, isNew, picture, boxes });
    }
  };
  const next = async () => {
    const [turn] = waiting;
    if (isBusy || turn === undefined) return;
    isBusy = true;
    waiting.delete(turn[0]);
    const began = clock.monotonic();
    try {
      await follow(turn[1]);
    } finally {
      scope.add(
        clock.after((clock.monotonic() - began) * REST, () => {
          isBusy = false;
          void next();
        }),
      );
    }
  };
  scope.add(
    cameras.onDidReceive((picture) => {
      if (!watched.has(picture.camera)) return;
      waiting.set(picture.camera, picture);
      void next();
    }),
  );

  return {
    onDidSee: seen.listen,
    async look(jpeg) {
      looks += 1;
      const answer = await vision.detect({ source: `look ${looks}`, picture: Uint8Array.from(jpeg) });
      const card = vision.card();
      return !answer.ok || card === null ? null : boxesOn({ ...answer.value, rules: rulesFor(answer.value, card) });
    },
    [Symbol.dispose]: () => scope[Symbol.dispose](),
  };
};
