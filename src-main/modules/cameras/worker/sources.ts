import { createScope, disposable, SECOND, text, type Clock, type Disposable, type Text } from '../../../../src-shared/kernel/index.ts';
import type { CameraSource } from '../../../../src-shared/plant/index.ts';
import { LARGEST_PICTURE } from '../model/jpeg.ts';
import { boundaryOf, createMultipart, type StreamProblem } from '../model/multipart.ts';
import { createHttpLink, type LinkFailure } from './httpLink.ts';
import type { SourceState } from './sourceState.ts';

export type SourceDependencies = { readonly source: CameraSource; readonly state: SourceState; readonly clock: Clock };

/** After a refusal a person must act; somebody may have, so it is tried again this late. */
const REFUSED_MS = 30 * SECOND;
const SLOWEST_MS = 10 * SECOND;

/** Dials for ever: at once, then 0.5 s doubling to 10 s while it fails. `dial` runs one try and says how it ended. */
export const keepDialling = (clock: Clock, state: SourceState, dial: (end: (failure: LinkFailure) => void) => Disposable): Disposable => {
  let current: Disposable | null = null;
  let wait = SECOND / 2;
  const start = () => {
    let failure: LinkFailure | null = null;
    let own: Disposable | null = null;
    const end = (why: LinkFailure) => {
      if (failure !== null) return;
      failure = why;
      if (state.row().state === 'live') wait = SECOND / 2;
      if (why.kind === 'refused') state.refused(why.text);
      else state.linkDown(why.text);
      own?.[Symbol.dispose]();
      current = clock.after(why.kind === 'refused' ? REFUSED_MS : wait, start);
      wait = Math.min(wait * 2, SLOWEST_MS);
    };
    own = dial(end);
    // A try may be over before it has begun.
    if (failure === null) current = own;
    else own[Symbol.dispose]();
  };
  current = clock.after(0, start);
  return disposable(() => current?.[Symbol.dispose]());
};

/** Asks for a picture `fps` times a second; one question at a time, so a slow camera is asked less often. */
export const createSnapshotSource = ({ source, state, clock }: SourceDependencies): Disposable => {
  const scope = createScope();
  const link = scope.add(createHttpLink(source, clock));
  scope.add(
    keepDialling(clock, state, (end) => {
      const own = createScope();
      let isUp = false;
      const ask = () => {
        const began = clock.monotonic();
        own.add(
          link.open({
            onFailure: end,
            onAnswer(answer) {
              const parts: Uint8Array[] = [];
              let length = 0;
              const patience = own.add(clock.after(source.staleAfterS * SECOND, () => answer.destroy(new Error('the picture does not end'))));
              const failed = (why: Text) => {
                patience[Symbol.dispose]();
                answer.destroy();
                end({ kind: 'failed', text: why });
              };
              answer.on('data', (part: Uint8Array) => {
                length += part.length;
                if (length > LARGEST_PICTURE) return failed(text('图片超过 8 MB', 'A picture of more than 8 MB'));
                parts.push(part);
              });
              answer.on('error', (error) => failed(text(`画面传输中断:${error.message}`, `The picture broke off: ${error.message}`)));
              answer.on('end', () => {
                patience[Symbol.dispose]();
                if (!isUp) state.linkUp();
                isUp = true;
                state.take(Buffer.concat(parts));
                own.add(clock.after(Math.max(0, SECOND / source.fps - (clock.monotonic() - began)), ask));
              });
            },
          }),
        );
      };
      ask();
      return own;
    }),
  );
  return scope;
};

const BROKEN: Readonly<Record<StreamProblem, Text>> = {
  'no-boundary': text('码流中没有分隔标记', 'The stream has no boundary'),
  'part-too-large': text('码流中一幅图片超过 8 MB', 'A picture of the stream has more than 8 MB'),
  'head-too-large': text('码流的分段头过长', 'The head of a part of the stream has no end'),
};
/** A stream that is silent this many stale times is cut and dialled again. */
const DEAD_AFTER = 3;

/** Reads a stream of pictures as it comes; the caller gives chunks and is told when it is to be cut. */
export const readStream = (boundary: string, { source, state, clock }: SourceDependencies, end: (failure: LinkFailure) => void): Disposable & { push(chunk: Uint8Array): void } => {
  const parts = createMultipart({ boundary, onPart: state.take });
  state.linkUp();
  const watch = clock.every(SECOND, () => {
    if (state.silentMs() > DEAD_AFTER * source.staleAfterS * SECOND) end({ kind: 'failed', text: text('码流停滞,重新连接', 'The stream stands still; dialled again') });
  });
  return {
    push(chunk) {
      const problem = parts.push(chunk);
      if (problem !== null) end({ kind: 'failed', text: BROKEN[problem] });
    },
    [Symbol.dispose]: () => watch[Symbol.dispose](),
  };
};

/** Takes a stream of JPEGs over HTTP (`multipart/x-mixed-replace`). */
export const createMjpegSource = (dependencies: SourceDependencies): Disposable => {
  const { source, state, clock } = dependencies;
  const scope = createScope();
  const link = scope.add(createHttpLink(source, clock));
  scope.add(
    keepDialling(clock, state, (end) => {
      const own = createScope();
      own.add(
        link.open({
          onFailure: end,
          onAnswer(answer) {
            const boundary = boundaryOf(answer.headers['content-type'] ?? '');
            own.add(disposable(() => void answer.destroy()));
            if (boundary === null) return end({ kind: 'refused', text: text('此地址给的不是 MJPEG 码流:请检查站点文件的 kind 与 url', 'This address gives no MJPEG stream: check kind and url in the site file') });
            const stream = own.add(readStream(boundary, dependencies, end));
            answer.on('data', stream.push);
            answer.on('error', (error) => end({ kind: 'failed', text: text(`码流中断:${error.message}`, `The stream broke off: ${error.message}`) }));
            answer.on('end', () => end({ kind: 'failed', text: text('摄像机结束了码流', 'The camera ended the stream') }));
          },
        }),
      );
      return own;
    }),
  );
  return scope;
};
