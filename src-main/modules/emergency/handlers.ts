import type { Anlan, Emergency as EmergencyRow, Handlers } from '../../../src-shared/contract/index.ts';
import { ok, refuse, text, type Clock, type Ids, type Table, type Text } from '../../../src-shared/kernel/index.ts';
import type { Registry } from '../registry/index.ts';
import type { Case, Seed, WayReport } from './cases.ts';

type Terms = {
  readonly registry: Registry;
  readonly table: Table<string, EmergencyRow>;
  readonly cases: ReadonlyMap<string, Case>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly begin: (seed: Omit<Seed, 'detectors'>) => Case;
  readonly confirm: (found: Case, by: { readonly actor: string; readonly why: Text; readonly isPerson: boolean }) => void;
  readonly standDown: (found: Case, by: { readonly actor: string; readonly reason: Text }) => void;
  readonly put: (found: Case, change: Partial<EmergencyRow>) => void;
  readonly assess: (found: Case) => void;
};

const notFound = refuse('NotFound', text('没有这个应急事件,或已解除', 'there is no such emergency, or it has been stood down'), 'id');

export const createHandlers = ({ registry, table, cases, clock, ids, begin, confirm, standDown, put, assess }: Terms): Handlers<Anlan['emergency']> => {
  const find = (id: string): Case | undefined => {
    const found = cases.get(id);
    return found?.stoodDownAt === null ? found : undefined;
  };
  return {
    emergencies: table,
    confirm({ id }, { actor }) {
      const found = find(id);
      if (found === undefined) return notFound;
      confirm(found, { actor: actor.name, isPerson: true, why: text(`${actor.name} 确认应急`, `confirmed by ${actor.name}`) });
      return ok({});
    },
    declare({ kind, substance, position, rateKgS }, { actor }) {
      const { width, depth } = registry.plant.site;
      const [x, y] = position;
      if (!(x >= 0 && y >= 0 && x <= width && y <= depth)) return refuse('OutsideSite', text(`位置须在厂区 ${width} m × ${depth} m 内`, `the position must lie on the site of ${width} m × ${depth} m`), 'position');
      const found = begin({ emergency: ids.next('emg'), kind, substance, zone: registry.plant.zones[registry.zoneAt(x, y)]?.id ?? '', equipment: null, place: [x, y, 0], declared: { position, rateKgS } });
      confirm(found, { actor: actor.name, isPerson: true, why: text(`${actor.name} 宣布应急`, `declared by ${actor.name}`) });
      assess(found);
      return ok({ id: found.row.id });
    },
    order({ id, action }, { actor }) {
      const found = find(id);
      const ordered = found?.row.actions.find((each) => each.id === action);
      if (found === undefined || ordered === undefined) return notFound;
      put(found, { actions: found.row.actions.map((each) => (each.id === action ? { ...each, done: true, by: actor.name, at: clock.now() } : each)) });
      found.chronicle.order(actor.name, ordered.text, { action });
      return ok({});
    },
    blockWay({ id, edge, blocked }, { actor }) {
      const found = find(id);
      const way = registry.plant.walkways.edges.find((each) => each.id === edge);
      if (found === undefined) return notFound;
      if (way === undefined) return refuse('NotFound', text(`厂区模型没有通道 ${edge}`, `the plant model has no way ${edge}`), 'edge');
      const others = found.row.blockedEdges.filter((each) => each !== edge);
      put(found, { blockedEdges: blocked ? [...others, edge] : others });
      found.chronicle.order(actor.name, blocked ? text(`报告通道不通:${edge}`, `Way reported impassable: ${edge}`) : text(`通道恢复:${edge}`, `Way open again: ${edge}`), { emergency: id, way: edge, blocked } satisfies WayReport);
      // Whatever was assessed before is outdated, also what is under way now.
      found.basis = null;
      assess(found);
      return ok({});
    },
    standDown({ id, reason }, { actor }) {
      const found = find(id);
      if (found === undefined) return notFound;
      standDown(found, { actor: actor.name, reason: text(reason, reason) });
      return ok({});
    },
  };
};
