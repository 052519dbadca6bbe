import { Canvas } from '@react-three/fiber';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { createAnnotations } from '../map/annotations.ts';
import { describe, type Hovered } from '../map/describe.ts';
import { Overlay, type OverlayHandle } from '../map/Overlay.tsx';
import { css, THEMES } from '../map/palette.ts';
import { PlanCanvas } from '../map/PlanCanvas.tsx';
import { Tooltip } from '../map/Tooltip.tsx';
import { canWebGl } from '../map/webGl.ts';
import { createCamera } from './cameraRig.ts';
import { Instruments, type InstrumentsHandle } from './Instruments.tsx';
import { Legend } from './Legend.tsx';
import { TwinScene } from './TwinScene.tsx';
import { NO_POSTS, NO_RINGS, type Source, type TwinProps } from './twinProps.ts';
import { usePlantData } from './usePlantData.ts';

/** How long a lost picture is left before it is made anew. */
const RECOVER_MS = 600;
const LOST = { zh: '图形设备中断，正在恢复三维画面', en: 'Graphics device lost, restoring the 3D view' } as const;

/**
 * The plant in three dimensions with risk, clouds, ways out and people on the same ground. Without WebGL it is the plan
 * drawn on a plain canvas; when the graphics device is lost it says so and comes back by itself.
 */
export const TwinView = (props: TwinProps) => {
  const [hasWebGl] = useState(canWebGl);
  return hasWebGl ? <WebGlTwin {...props} /> : <PlanCanvas {...props} />;
};

const WebGlTwin = (props: TwinProps) => {
  const { plant, sources, theme, language, clock, layers, selection, rings = NO_RINGS, posts = NO_POSTS, motion = 'full', instruments = true, legend = instruments } = props;
  const palette = THEMES[theme];
  const overlay = useRef<OverlayHandle>(null);
  const dials = useRef<InstrumentsHandle>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [generation, setGeneration] = useState(0);
  const [lost, setLost] = useState(false);
  const [hover, setHover] = useState<{ over: Hovered; at: readonly [number, number] } | null>(null);
  const camera = useMemo(createCamera, [generation]);
  const data = usePlantData(plant);
  const draw = useMemo(() => createAnnotations(plant), [plant]);
  const annotations = () =>
    draw({ zoneRisks: sources.zoneRisks.get(), riskField: sources.riskField.get(), emergencies: sources.emergencies.get(), rings, posts, people: sources.people.get(), values: sources.values.get(), alarms: sources.alarms.get(), cameraEvents: sources.cameraEvents.get(), layers, selection, language, now: clock.now() });
  const emergencies = useSource(sources.emergencies);
  const riskField = useSource(sources.riskField);

  useEffect(() => {
    if (!lost) return;
    const again = clock.after(RECOVER_MS, () => {
      setGeneration((count) => count + 1);
      setLost(false);
    });
    return () => again[Symbol.dispose]();
  }, [lost, clock]);

  const onHover = useCallback((over: Hovered | null, at: readonly [number, number]) => setHover((before) => (over === null ? (before === null ? before : null) : { over, at })), []);
  const description = hover === null ? null : describe(hover.over, plant, { sources, language, now: clock.now() });
  return (
    <div ref={frame} data-twin="view" style={{ position: 'relative', width: '100%', height: '100%', overflow: 'hidden', background: css(palette.background) }}>
      {data !== null && <Canvas
        key={generation}
        flat
        frameloop="demand"
        camera={camera}
        shadows={motion === 'full' ? 'percentage' : false}
        dpr={motion === 'none' ? 1 : [1, 2]}
        gl={{ antialias: motion === 'full', powerPreference: 'high-performance', stencil: false }}
        onCreated={({ gl }) => {
          gl.domElement.addEventListener('webglcontextlost', (event) => {
            event.preventDefault();
            setLost(true);
          });
        }}
      >
        <TwinScene {...props} data={data} overlay={overlay} dials={dials} onHover={onHover} />
      </Canvas>}
      <Overlay handle={overlay} annotations={annotations} theme={palette} clock={clock} flash={motion === 'full'} />
      {legend && <Legend layers={layers} emergencies={emergencies} riskField={riskField} theme={palette} language={language} />}
      {instruments && <Instruments handle={dials} theme={palette} language={language} />}
      {description !== null && hover !== null && <Tooltip description={description} at={hover.at} box={[frame.current?.clientWidth ?? 0, frame.current?.clientHeight ?? 0]} theme={palette} />}
      {lost && (
        <div role="alert" style={{ position: 'absolute', inset: 0, display: 'grid', placeItems: 'center', background: css(palette.background, 0.85), color: css(palette.text) }}>
          {LOST[language]}
        </div>
      )}
    </div>
  );
};

/** A source as React state; for the few things that change the legend, never for samples. */
export const useSource = <T,>(source: Source<T>): T => {
  const [, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const watching = source.subscribe(again);
    return () => watching[Symbol.dispose]();
  }, [source]);
  return source.get();
};
