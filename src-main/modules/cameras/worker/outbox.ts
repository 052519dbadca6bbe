import type { CamerasMessage, Picture } from '../messages.ts';

/** Pictures on their way to the station: of a camera one at a time; of those that come meanwhile the newest waits and the others are dropped and counted. */
export type Outbox = { put(picture: Picture): void; taken(camera: string): void; /** Pictures of a camera that were overtaken. */ dropped(camera: string): number };

export const createOutbox = (post: (message: CamerasMessage, transfer?: readonly ArrayBuffer[]) => void): Outbox => {
  const onTheWay = new Set<string>();
  const waiting = new Map<string, Picture>();
  const dropped = new Map<string, number>();
  const send = (picture: Picture) => {
    onTheWay.add(picture.camera);
    post({ kind: 'picture', ...picture }, [picture.jpeg.buffer]);
  };
  return {
    put(picture) {
      const { camera } = picture;
      if (!onTheWay.has(camera)) return send(picture);
      if (waiting.has(camera)) dropped.set(camera, (dropped.get(camera) ?? 0) + 1);
      waiting.set(camera, picture);
    },
    taken(camera) {
      onTheWay.delete(camera);
      const next = waiting.get(camera);
      waiting.delete(camera);
      if (next !== undefined) send(next);
    },
    dropped: (camera) => dropped.get(camera) ?? 0,
  };
};
