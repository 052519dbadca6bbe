import type { Emergency } from '../../src-shared/contract/index.ts';
import type { Link } from '../link/index.ts';
import type { Source, TwinSources } from '../scene/twinProps.ts';

/** The link's stores in the shape that the twin and the plan read in their frame loop: the same typed arrays, no copy. */
export const createTwinSources = (link: Link): TwinSources => {
  const values = link.series('values.live');
  const people = link.series('people.positions');
  const field = link.value('risk.field');
  const weather = link.value('risk.weather');
  return {
    values: { get: () => ({ value: values.column('value'), at: values.column('at'), quality: values.column('quality') }), subscribe: values.subscribe },
    people: { get: () => ({ x: people.column('x'), y: people.column('y'), z: people.column('z'), at: people.column('at'), accuracy: people.column('accuracy') }), subscribe: people.subscribe },
    wind: {
      get() {
        const { windSpeed: speed = null, windFrom: fromDegrees = null } = weather.get() ?? {};
        return speed === null || fromDegrees === null ? null : { speed, fromDegrees };
      },
      subscribe: weather.subscribe,
    },
    zoneRisks: rowsOf(link.table('risk.zones')),
    riskField: { get: () => field.get() ?? null, subscribe: field.subscribe },
    emergencies: openOnes(rowsOf(link.table('emergency.emergencies'))),
    alarms: rowsOf(link.table('alarms.active')),
    cameraEvents: rowsOf(link.table('people.cameraEvents')),
  };
};

const rowsOf = <T>(store: { rows(): readonly T[]; subscribe(listener: () => void): Disposable }): Source<readonly T[]> => ({ get: store.rows, subscribe: store.subscribe });

/** Those not stood down; the same array until the table changes. */
const openOnes = (all: Source<readonly Emergency[]>): Source<readonly Emergency[]> => {
  let known: readonly Emergency[] = [];
  let open: readonly Emergency[] = [];
  return {
    get() {
      const rows = all.get();
      if (rows !== known) {
        known = rows;
        open = rows.filter(({ state }) => state !== 'stood-down');
      }
      return open;
    },
    subscribe: all.subscribe,
  };
};
