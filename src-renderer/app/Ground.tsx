import { Box, Layers, Map as MapIcon, Video } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, useLink, usePlant, type Target } from '../link/index.ts';
import { useBlastRings } from '../features/risk/index.ts';
import type { RescuePost, Selection, TwinHandle, TwinLayers, TwinSources } from '../scene/twinProps.ts';
import { Button, Segmented, Select, useHotkeys, useLanguage, useText } from '../ui/index.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { createTwinSources } from './twinSources.ts';
import './ground.css';

const TwinView = lazy(async () => ({ default: (await import('../scene/TwinView.tsx')).TwinView }));
const PlanView = lazy(async () => ({ default: (await import('../map/PlanView.tsx')).PlanView }));

const LAYERS = ['zones', 'riskField', 'hazard', 'routes', 'people', 'alarms', 'labels', 'values'] as const satisfies readonly (keyof TwinLayers)[];
const KEPT = 'anlan.ground';
/** At rest the overview shows where risk is; people and names come with the layers. */
export const OVERVIEW_LAYERS: TwinLayers = { zones: true, riskField: true, hazard: true, routes: true, people: true, alarms: true, labels: true, values: false };
/** In an emergency the cloud and the way out come before everything. */
export const EMERGENCY_LAYERS: TwinLayers = { zones: false, riskField: false, hazard: true, routes: true, people: true, alarms: true, labels: true, values: false };
type Kept = { readonly mode: '3d' | '2d'; readonly layers: TwinLayers; /** Legend, compass and scale. */ readonly legend?: boolean };

const PICKABLE: readonly Selection['kind'][] = ['equipment', 'tag', 'person', 'detector', 'camera', 'zone', 'muster'];
const selectionOf = (target: Target | null): Selection | null => {
  const kind = PICKABLE.find((each) => each === target?.kind);
  return target === null || kind === undefined ? null : { kind, id: target.id };
};

/** The plant as ground for everything: 3D twin or plan, presets, layers. `start` says what it shows first; the person's choice is kept per `place`. `threat`: equipment whose blast is drawn while no other is chosen. */
export const Ground = ({ place, start, view: wantedView = 'overview', tools = true, threat = null, posts }: { readonly place: string; readonly start: Kept; readonly view?: string; readonly tools?: boolean; readonly threat?: string | null; /** Where rescuers wait beforehand. */ readonly posts?: readonly RescuePost[] }) => {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const desk = useDesk();
  const { model } = usePlant();
  const sources = useTwinSources();
  const { clock } = useLink();
  const rings = useBlastRings(desk.target?.kind === 'equipment' ? desk.target.id : threat);
  const [kept, setKept] = useState<Kept>(() => ({ ...start, ...readKept(place) }));
  const [view, setView] = useState(wantedView);
  const [layersOpen, setLayersOpen] = useState(false);
  const handle = useRef<TwinHandle>(null);
  const change = (next: Kept) => {
    setKept(next);
    sessionStorage.setItem(`${KEPT}.${place}`, JSON.stringify(next));
  };
  useEffect(() => setView(wantedView), [wantedView]);
  // The one asked for last is shown as soon as there is something that can show it.
  const shown = useRef(desk.located);
  const showLocated = () => {
    const selection = selectionOf(desk.target);
    if (shown.current === desk.located || selection === null || handle.current === null) return;
    shown.current = desk.located;
    handle.current.focus(selection);
  };
  useEffect(showLocated);
  useHotkeys({ p: () => tools && change({ ...kept, mode: kept.mode === '3d' ? '2d' : '3d' }) });
  // On a small screen the legend would cover a third of the plant.
  const legend = kept.legend ?? innerWidth / Number.parseFloat(getComputedStyle(document.documentElement).fontSize) > 112;
  const View = kept.mode === '3d' ? TwinView : PlanView;
  const motion = new URLSearchParams(location.search).get('motion') === 'none' ? 'none' : 'full';
  return (
    <div className="ground" data-testid="ground" data-mode={kept.mode}>
      <div className="ground-view-port">
        <ErrorBoundary>
        <Suspense fallback={<p className="ground-wait dim">{t('overview.loading')}</p>}>
          <View
            plant={model}
            sources={sources}
            layers={kept.layers}
            selection={selectionOf(desk.target)}
            rings={rings}
            {...(posts === undefined ? {} : { posts })}
            onSelect={(selection) => desk.open(selection)}
            theme={desk.theme}
            language={language}
            view={view}
            clock={clock}
            motion={motion}
            instruments={tools && legend}
            onReady={(next) => {
              handle.current = next;
              showLocated();
            }}
          />
        </Suspense>
        </ErrorBoundary>
      </div>
      {tools && (
        <div className="ground-tools">
          <Segmented
            label={t('key.plan')}
            value={kept.mode}
            onChange={(mode) => change({ ...kept, mode })}
            choices={[
              { value: '3d', label: <><Box size="1em" aria-hidden="true" /> {t('overview.view3d')}</> },
              { value: '2d', label: <><MapIcon size="1em" aria-hidden="true" /> {t('overview.view2d')}</> },
            ]}
          />
          <label className="ground-view" title={t('overview.cameraPresets')}>
            <Video size="1em" aria-hidden="true" />
            <Select
              label={t('overview.cameraPresets')}
              value={view}
              onChange={(next) => {
                setView(next);
                if (next === view) handle.current?.goTo(next);
              }}
              choices={[{ value: 'overview', label: t('overview.whole') }, ...model.views.filter(({ unit }) => unit !== undefined).map((each) => ({ value: each.id, label: text(each.name) }))]}
            />
          </label>
          <div className="ground-layers">
            <Button pressed={layersOpen} aria-expanded={layersOpen} onClick={() => setLayersOpen(!layersOpen)}>
              <Layers size="1em" aria-hidden="true" /> {t('overview.layers')}
            </Button>
            {layersOpen && (
              <ul className="layer-list appear">
                {LAYERS.map((layer) => (
                  <li key={layer}>
                    <label>
                      <input type="checkbox" checked={kept.layers[layer]} onChange={() => change({ ...kept, layers: { ...kept.layers, [layer]: !kept.layers[layer] } })} /> {t(`layer.${layer}`)}
                    </label>
                  </li>
                ))}
                <li>
                  <label>
                    <input type="checkbox" checked={legend} onChange={() => change({ ...kept, legend: !legend })} /> {t('layer.legend')}
                  </label>
                </li>
              </ul>
            )}
          </div>
        </div>
      )}
    </div>
  );
};

const readKept = (place: string): Partial<Kept> => {
  const text = sessionStorage.getItem(`${KEPT}.${place}`);
  return text === null ? {} : (JSON.parse(text) as Partial<Kept>);
};

const known = new WeakMap<object, TwinSources>();
const useTwinSources = (): TwinSources => {
  const link = useLink();
  return useMemo(() => {
    const sources = known.get(link) ?? createTwinSources(link);
    known.set(link, sources);
    return sources;
  }, [link]);
};
