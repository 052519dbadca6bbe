import { type RefObject, useEffect, useImperativeHandle, useRef } from 'react';
import type { Clock, Disposable, Point3 } from '../../src-shared/kernel/index.ts';
import type { Annotation } from './annotations.ts';
import { type Box, paintAnnotations, type Project } from './paintAnnotations.ts';
import type { Theme } from './palette.ts';

/**
 * The canvas above the drawing that carries all writing and alarm symbols. It is painted by the frame that draws the
 * plant, and alone when a symbol flashes: a flash never redraws the scene.
 */
export type OverlayHandle = {
  /** Writes all annotations where `project` puts them; `span` is metres across the view, `isHidden` whether something stands before a point. */
  paint(project: Project, span: number, isHidden?: (point: Point3) => boolean): void;
  /** Annotations are drawn together anew before the next painting. */
  refresh(): void;
  /** How many were drawn last. */
  readonly drawn: number;
};
export type OverlayProps = { readonly handle: RefObject<OverlayHandle | null>; readonly annotations: () => readonly Annotation[]; readonly theme: Theme; readonly clock: Clock; readonly flash: boolean };

const FLASH_MS = 500;

export const Overlay = ({ handle, annotations, theme, clock, flash }: OverlayProps) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const held = useRef<{ project: Project; span: number; isHidden?: ((point: Point3) => boolean) | undefined; annotations: readonly Annotation[] | null; lit: boolean; drawn: number }>({ project: () => null, span: 1, annotations: null, lit: true, drawn: 0 });
  const paint = useRef(() => {});
  paint.current = () => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    const parent = element?.parentElement;
    if (element === null || !context || !parent) return;
    const [width, height, ratio] = [parent.clientWidth, parent.clientHeight, window.devicePixelRatio];
    if (element.width !== Math.round(width * ratio) || element.height !== Math.round(height * ratio)) [element.width, element.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    const state = held.current;
    state.annotations ??= annotations();
    const { fontFamily, fontSize } = getComputedStyle(element);
    const frame = element.getBoundingClientRect();
    const keepFree = [...parent.querySelectorAll('[data-twin="legend"], [data-twin="instruments"]')].map((item): Box => {
      const box = item.getBoundingClientRect();
      return [box.left - frame.left, box.top - frame.top, box.right - frame.left, box.bottom - frame.top];
    });
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    state.drawn = paintAnnotations(context, state.annotations, { project: state.project, theme, width, height, font: fontFamily, base: Number.parseFloat(fontSize), lit: state.lit, span: state.span, keepFree, ...(state.isHidden === undefined ? {} : { isHidden: state.isHidden }) });
  };
  useImperativeHandle(handle, () => ({
    paint(project, span, isHidden) {
      Object.assign(held.current, { project, span, isHidden });
      paint.current();
    },
    refresh() {
      held.current.annotations = null;
    },
    get drawn() {
      return held.current.drawn;
    },
  }));
  useEffect(() => {
    held.current.annotations = null;
    paint.current();
  });
  useEffect(() => {
    // Fonts that come late are drawn with once they are there.
    let ended = false;
    const again = () => {
      if (!ended) paint.current();
    };
    document.fonts.addEventListener('loadingdone', again);
    let beat: Disposable | undefined;
    if (flash) {
      beat = clock.every(FLASH_MS, () => {
        const flashing = held.current.annotations?.some((annotation) => annotation.kind === 'alarm' && (annotation.state === 'unacknowledged' || annotation.state === 'returned')) === true;
        if (!flashing && held.current.lit) return;
        held.current.lit = flashing ? !held.current.lit : true;
        paint.current();
      });
    }
    return () => {
      ended = true;
      document.fonts.removeEventListener('loadingdone', again);
      beat?.[Symbol.dispose]();
    };
  }, [clock, flash]);
  return <canvas ref={canvas} data-twin="overlay" style={{ position: 'absolute', inset: 0, width: '100%', height: '100%', pointerEvents: 'none' }} />;
};
