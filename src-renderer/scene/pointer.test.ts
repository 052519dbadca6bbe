import { PerspectiveCamera, Vector3 } from 'three';
import { expect, it, vi } from 'vitest';
import { buildPlant } from '../../src-main/testing/buildPlant.ts';
import { watchPointer, type PointerOptions } from './pointer.ts';

it('explains what is under the pointer when the frame comes, and nothing once it has left', () => {
  const frames: (() => void)[] = [];
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
  vi.stubGlobal('cancelAnimationFrame', (id: number) => void (frames[id - 1] = () => {}));
  const element = Object.assign(new EventTarget(), { clientWidth: 100, clientHeight: 100, style: {}, getBoundingClientRect: () => ({ left: 0, top: 0 }) });
  const told: unknown[] = [];
  const objects = { owners: [{ kind: 'equipment', id: 'TK-101' }], picker: { pick: () => ({ owner: 0, point: new Vector3() }) } };
  const watching = watchPointer({ element, camera: new PerspectiveCamera(), plant: buildPlant(), objects, props: () => ({ layers: {}, sources: {} }), onHover: (over: { readonly id: string } | null, at: readonly number[]) => told.push([over?.id ?? null, ...at]) } as unknown as PointerOptions);
  const send = (name: string, x: number) => element.dispatchEvent(Object.assign(new Event(name), { clientX: x, clientY: 5, buttons: 0 }));
  const draw = () => frames.splice(0).forEach((run) => run());
  send('pointermove', 1);
  send('pointermove', 2);
  draw();
  expect(told).toEqual([['TK-101', 2, 5]]);
  send('pointermove', 3);
  send('pointerleave', 200);
  draw();
  expect(told.slice(1)).toEqual([[null, 200, 5]]);
  send('pointermove', 4);
  watching[Symbol.dispose]();
  draw();
  expect(told).toHaveLength(2);
  vi.unstubAllGlobals();
});
