import '@fontsource-variable/inter';
import '@fontsource-variable/noto-sans-sc';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { PlanView } from '../../src-renderer/map/PlanView.tsx';
import { TwinView } from '../../src-renderer/scene/TwinView.tsx';
import { ALL_LAYERS, type Selection, type ThemeName, type TwinLayers } from '../../src-renderer/scene/twinProps.ts';
import './page.ts';
import { pageClock, samplePlant, sampleSources } from './sample.ts';

/** The twin or the plan alone on a page, fed by made-up sources: `?component=twin|plan&emergency=gas|fire&theme=night&view=V-AR&select=equipment:AR-V-102A&off=zones,labels&motion=none&lang=en&size=28`. */
const query = new URLSearchParams(location.search);
const off = (query.get('off') ?? '').split(',');
const layers = Object.fromEntries(Object.keys(ALL_LAYERS).map((name) => [name, !off.includes(name)])) as TwinLayers;
const chosen = query.get('select')?.split(':');
const plant = await samplePlant(query.get('plant'));
const clock = pageClock();
const sources = sampleSources(plant, { clock, emergency: query.get('emergency') });

globalThis.twin = { handle: null, sources, selected: null, set: () => {} };

const Page = () => {
  const [state, setState] = useState({ view: query.get('view') ?? 'overview', theme: (query.get('theme') ?? 'night') as ThemeName });
  const [selection, setSelection] = useState<Selection | null>(chosen === undefined ? null : ({ kind: chosen[0], id: chosen[1] } as Selection));
  globalThis.twin.set = (next) => setState((before) => ({ ...before, ...next }));
  const Component = query.get('component') === 'plan' ? PlanView : TwinView;
  return (
    <Component
      plant={plant}
      sources={sources}
      layers={layers}
      selection={selection}
      onSelect={(next) => {
        globalThis.twin.selected = next;
        setSelection(next);
      }}
      theme={state.theme}
      language={query.get('lang') === 'en' ? 'en' : 'zh'}
      view={state.view}
      clock={clock}
      motion={query.get('motion') === 'none' ? 'none' : 'full'}
      onReady={(handle) => {
        globalThis.twin.handle = handle;
      }}
    />
  );
};
document.body.style.fontSize = `${query.get('size') ?? 14}px`;
createRoot(document.getElementById('root')!).render(<Page />);
