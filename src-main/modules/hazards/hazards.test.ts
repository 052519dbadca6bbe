import { array, assert, constantFrom, oneof, property, record, boolean } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, disposable, HOUR, ok, refuse, unwrap } from '../../../src-shared/kernel/index.ts';
import { createFaults } from '../../platform/faults.ts';
import { openSql } from '../../platform/sql.ts';
import { buildPlant, buildRecords } from '../../testing/buildPlant.ts';
import { createFakeClock } from '../../testing/fakeClock.ts';
import { createSequentialIds } from '../../testing/ids.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import type { Photos } from '../inference/index.ts';
import { createLedger, ledgerMigrations } from '../ledger/index.ts';
import { createRegistry } from '../registry/index.ts';
import { createHazards, hazardMigrations } from './index.ts';
import { advance, isOverdue, type Hazard, type Step } from './model/lifecycle.ts';

const FITTER = { id: 'fit', name: '李娜' };
const CHIEF = { id: 'chief', name: '陈静' };
const LEAKING = { title: '法兰渗漏', grade: 'general', zone: 'Z1', equipment: 'TK-101' } as const;
const FINDING = { camera: 'CAM-1', kind: 'no-helmet', title: { zh: '未戴安全帽', en: 'No helmet' }, grade: 'general', zone: 'Z1', at: 0, evidence: 'evi-before' } as const;

const open = () => {
  const folder = temporaryFolder();
  const clock = createFakeClock();
  const ids = createSequentialIds();
  const sql = openSql(folder.file('station.db'), [...ledgerMigrations, ...hazardMigrations]);
  const ledger = createLedger({ sql, clock });
  const registry = createRegistry({ plant: buildPlant() });
  const records = buildRecords({ hazards: [{ id: 'H-1', title: { zh: '护栏缺失', en: 'Railing missing' }, zone: 'Z2', grade: 'major', reportedAt: '-3d', due: '+1d' }] });
  const faults = createFaults(clock);
  const photos: Photos = { take: async ({ jpeg, before }) => (jpeg[0] === 1 ? refuse('UsedBefore', { zh: '用过', en: 'used' }) : ok({ evidence: 'evi-after', comparison: { verdict: before === null ? 'cannot-tell' : 'gone', reason: { zh: '', en: '' } } })) };
  const start = () => createHazards({ sql, registry, clock, ids, ledger, records, faults, photos });
  return { clock, sql, ledger, faults, start, hazards: start(), ...disposable(() => { sql[Symbol.dispose](); folder[Symbol.dispose](); }) };
};

describe('hazards', () => {
  it('goes from found to closed, with a second pair of eyes at the end', async () => {
    using place = open();
    const { id } = unwrap(place.hazards.report(LEAKING, FITTER));
    expect(unwrap(place.hazards.assign({ id, assignee: '李娜', dueInHours: 24 }, CHIEF))).toMatchObject({ state: 'assigned', assignee: '李娜', due: place.clock.now() + DAY });
    expect(unwrap(await place.hazards.rectify({ id, note: '更换垫片', photo: null }, FITTER)).state).toBe('rectified');
    expect(place.hazards.verify({ id, accepted: true, note: '' }, FITTER)).toMatchObject({ refusal: { code: 'SamePerson' } });
    expect(unwrap(place.hazards.verify({ id, accepted: false, note: '仍渗漏' }, CHIEF))).toMatchObject({ state: 'assigned', rectifiedAt: null, note: '仍渗漏' });
    unwrap(await place.hazards.rectify({ id, note: '再次更换', photo: null }, FITTER));
    expect(unwrap(place.hazards.verify({ id, accepted: true, note: '' }, CHIEF))).toMatchObject({ state: 'closed', closedAt: place.clock.now(), note: '再次更换' });
    expect(place.start().table.rows()).toEqual(place.hazards.table.rows());
    expect(place.sql.all<{ actor: string }>('SELECT actor FROM hazard_step WHERE hazard = ? ORDER BY sequence', id).map((step) => step.actor)).toEqual(['fit', 'chief', 'fit', 'chief', 'fit', 'chief']);
    expect(place.ledger.entries({ limit: 9, subject: id }).map((entry) => entry.kind).toReversed()).toEqual(['hazard.report', 'hazard.assign', 'hazard.rectify', 'hazard.verify', 'hazard.rectify', 'hazard.verify']);
  });

  it('refuses unknown places, unknown hazards and steps out of order', async () => {
    using place = open();
    expect(place.hazards.report({ ...LEAKING, zone: 'Z9' }, FITTER)).toMatchObject({ refusal: { code: 'UnknownZone' } });
    expect(place.hazards.report({ ...LEAKING, equipment: 'X' }, FITTER)).toMatchObject({ refusal: { code: 'UnknownZone' } });
    expect(await place.hazards.rectify({ id: 'none', note: 'x', photo: null }, FITTER)).toMatchObject({ refusal: { code: 'NotFound' } });
    expect(await place.hazards.rectify({ id: 'H-1', note: 'x', photo: null }, FITTER)).toMatchObject({ refusal: { code: 'WrongState' } });
  });

  it('takes each record once, keeps what became of it, and shows it overdue when its date has passed', () => {
    using place = open();
    expect(place.hazards.table.get('H-1')).toMatchObject({ source: 'record', state: 'found', reportedAt: place.clock.now() - 3 * DAY, due: place.clock.now() + DAY, overdue: false });
    const changes: number[] = [];
    place.hazards.table.onDidChange((change) => changes.push(change.put.length));
    place.clock.advance(DAY + HOUR);
    place.hazards.tick();
    place.hazards.tick();
    expect(place.hazards.table.get('H-1')?.overdue).toBe(true);
    expect(changes).toEqual([1]);
    unwrap(place.hazards.assign({ id: 'H-1', assignee: '王强', dueInHours: 48 }, CHIEF));
    expect(place.start().table.get('H-1')).toMatchObject({ state: 'assigned', assignee: '王强', overdue: false });
  });

  it('merges findings of one camera and kind while one is open', async () => {
    using place = open();
    const first = place.hazards.reportFromCamera(FINDING);
    expect(place.hazards.reportFromCamera({ ...FINDING, at: 1 }).id).toBe(first.id);
    expect(place.start().reportFromCamera(FINDING).id).toBe(first.id);
    expect(place.hazards.reportFromCamera({ ...FINDING, kind: 'smoke' }).id).not.toBe(first.id);
    unwrap(place.hazards.assign({ id: first.id, assignee: 'x', dueInHours: 1 }, CHIEF));
    unwrap(await place.hazards.rectify({ id: first.id, note: 'told him', photo: null }, FITTER));
    expect(place.hazards.reportFromCamera(FINDING).id).toBe(first.id);
    unwrap(place.hazards.verify({ id: first.id, accepted: true, note: '' }, CHIEF));
    expect(place.hazards.reportFromCamera(FINDING).id).not.toBe(first.id);
  });

  it('takes a photo with the rectification, keeps what the comparison said, and refuses one that was used before', async () => {
    using place = open();
    const { id } = place.hazards.reportFromCamera(FINDING);
    const jpeg = Uint8Array.of(9);
    expect(await place.hazards.rectify({ id, note: '已戴帽', photo: jpeg }, FITTER)).toMatchObject({ refusal: { code: 'WrongState' } });
    unwrap(place.hazards.assign({ id, assignee: '李娜', dueInHours: 24 }, CHIEF));
    expect(await place.hazards.rectify({ id, note: '已戴帽', photo: Uint8Array.of(1) }, FITTER)).toMatchObject({ refusal: { code: 'UsedBefore' } });
    expect(place.hazards.table.get(id)).toMatchObject({ state: 'assigned', evidence: 'evi-before', photo: null });
    expect(unwrap(await place.hazards.rectify({ id, note: '已戴帽', photo: jpeg }, FITTER))).toMatchObject({ state: 'rectified', photo: 'evi-after', comparison: { verdict: 'gone' } });
    expect(place.start().table.get(id)).toEqual(place.hazards.table.get(id));
    expect(unwrap(place.hazards.verify({ id, accepted: false, note: '再拍' }, CHIEF))).toMatchObject({ photo: null, comparison: null });
  });

  it('shows a camera finding while the disk refuses, and writes it when it can', () => {
    using place = open();
    place.sql.run('PRAGMA query_only = 1');
    const { id } = place.hazards.reportFromCamera(FINDING);
    expect(place.hazards.table.get(id)?.state).toBe('found');
    expect(() => place.hazards.report(LEAKING, FITTER)).toThrow('readonly');
    expect(place.faults.table.get('hazards/HazardNotWritten')?.active).toBe(true);
    place.sql.run('PRAGMA query_only = 0');
    place.hazards.tick();
    expect(place.faults.table.get('hazards/HazardNotWritten')?.active).toBe(false);
    expect(place.start().reportFromCamera(FINDING).id).toBe(id);
  });
});

it('never closes without a rectification accepted by another person', () => {
  const person = constantFrom('a', 'b');
  const step = oneof(
    record<Extract<Step, { kind: 'assign' }>>({ kind: constantFrom('assign'), assignee: person, due: constantFrom(10) }),
    record<Extract<Step, { kind: 'rectify' }>>({ kind: constantFrom('rectify'), by: person, note: constantFrom('n'), at: constantFrom(5), photo: constantFrom(null), comparison: constantFrom(null) }),
    record<Extract<Step, { kind: 'verify' }>>({ kind: constantFrom('verify'), by: person, accepted: boolean(), note: constantFrom(''), at: constantFrom(6) }),
  );
  const start: Hazard = { id: 'h', title: { zh: '', en: '' }, grade: 'major', state: 'found', zone: 'Z1', equipment: null, source: 'person', reportedBy: 'a', reportedAt: 0, assignee: null, due: null, rectifiedAt: null, rectifiedBy: null, closedAt: null, note: '', evidence: null, photo: null, comparison: null };
  assert(
    property(array(step, { maxLength: 12 }), (steps) => {
      let hazard = start;
      for (const one of steps) {
        const next = advance(hazard, one);
        if (!next.ok) continue;
        if (next.value.state === 'closed') expect([hazard.state, one.kind === 'verify' && one.accepted && one.by !== hazard.rectifiedBy]).toEqual(['rectified', true]);
        expect(hazard.state).not.toBe('closed');
        hazard = next.value;
        expect(isOverdue(hazard, 11)).toBe(hazard.state === 'assigned');
      }
    }),
  );
});
