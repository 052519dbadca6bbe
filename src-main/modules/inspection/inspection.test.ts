import { expect, it } from 'vitest';
import { DAY } from '../../../src-shared/kernel/index.ts';
import { buildRecords } from '../../testing/buildPlant.ts';
import { createFakeClock } from '../../testing/fakeClock.ts';
import { createInspection } from './index.ts';

const title = { zh: '检验', en: 'Inspection' };

it('finds overdue inspections and expired qualifications as time passes', () => {
  const clock = createFakeClock();
  const inspection = createInspection({
    clock,
    records: buildRecords({
      inspections: [
        { id: 'I-1', title, equipment: 'TK-101', due: '-2d' },
        { id: 'I-2', title, equipment: 'TK-101', due: '-9d', doneAt: '-8d' },
        { id: 'I-3', title, equipment: 'K-201', due: '+1d' },
        { id: 'I-4', title, equipment: 'K-201', due: '-5d' },
      ],
      qualifications: [
        { person: 'P1', kind: 'welder', validTo: '-1d' },
        { person: 'P1', kind: 'crane', validTo: '+1d' },
      ],
    }),
  });
  expect(inspection.overdue().map((task) => task.id)).toEqual(['I-4', 'I-1']);
  expect(inspection.overdueOf('K-201')).toEqual([{ id: 'I-4', title, equipment: 'K-201', due: clock.now() - 5 * DAY }]);
  const expired = () => inspection.expiredQualifications().map((one) => `${one.person} ${one.kind}`);
  expect(expired()).toEqual(['P1 welder']);
  clock.advance(2 * DAY);
  expect(inspection.overdueOf('K-201').map((task) => task.id)).toEqual(['I-4', 'I-3']);
  expect(expired()).toEqual(['P1 welder', 'P1 crane']);
});
