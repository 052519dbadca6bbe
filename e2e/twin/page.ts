import type { Selection, ThemeName, TwinHandle } from '../../src-renderer/scene/twinProps.ts';
import type { SampleSources } from './sample.ts';

/** What the page offers to a test. */
declare global {
  var twin: { handle: TwinHandle | null; sources: SampleSources; selected: Selection | null; set: (state: { view?: string; theme?: ThemeName }) => void };
}
