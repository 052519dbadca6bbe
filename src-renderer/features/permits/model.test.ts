import { expect, it } from 'vitest';
import type { PermitRow } from '../../../src-shared/contract/index.ts';
import { permitsInOrder } from './model.ts';

it('puts work under way first, special grade before the others, then what ends soonest', () => {
  const permit = (id: string, state: PermitRow['state'], level: PermitRow['level'], to: number) => ({ id, state, level, to }) as PermitRow;
  expect(permitsInOrder([permit('planned', 'planned', 'special', 1), permit('second', 'active', 'second', 2), permit('special', 'active', 'special', 9), permit('sooner', 'active', 'second', 1), permit('ended', 'ended', 'special', 0)]).map(({ id }) => id)).toEqual(['special', 'sooner', 'second', 'planned', 'ended']);
});
