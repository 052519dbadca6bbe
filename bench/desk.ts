import { createClient } from '../src-shared/contract/client.ts';
import { silentLog } from '../src-shared/kernel/index.ts';
import { webSocketPort } from '../src-main/bridge/webSocketPort.ts';
import { systemClock } from '../src-main/platform/clock.ts';
import type { StationProcess } from '../src-main/platform/stationProcess.ts';
import { pause, until } from '../src-main/testing/until.ts';

/** A desk's line to a station, with the tables that a test of crashes looks at. */
export const connectDesk = async (station: StationProcess) => {
  const client = createClient({ name: 'desk', clock: systemClock });
  client.attach(webSocketPort(await station.openLine(), silentLog));
  await until(() => ['live', 'outdated'].includes(client.state.get()), 'the client is live');
  if (client.state.get() === 'outdated') throw new Error('the contract was edited while this ran');
  const alarms = client.table('alarms.active');
  const [annunciator, incidents, emergencies] = [client.value('alarms.annunciator'), client.table('incidents.incidents'), client.table('emergency.emergencies')];
  await until(() => alarms.filled && incidents.filled && emergencies.filled && annunciator.get() !== undefined, 'the tables are filled');
  return { client, alarms, annunciator, incidents, emergencies };
};
export type Desk = Awaited<ReturnType<typeof connectDesk>>;

/** A desk at work until its line breaks; what it was answered. */
export const deskAtWork = async ({ client, alarms, incidents }: Desk, round: number) => {
  const answered = { acknowledged: new Map<string, number>(), shelved: new Map<string, number>(), notes: [] as { incident: string; text: string }[] };
  for (let turn = 0; client.state.get() === 'live'; turn += 1) {
    const waiting = [...alarms.rows.values()].find(({ state, kind }) => state === 'unacknowledged' && kind !== 'SYSTEM');
    if (waiting !== undefined) {
      const shelves = (answered.acknowledged.size + answered.shelved.size) % 3 === 2;
      const reply = shelves
        ? await client.command('alarms.shelve', { id: waiting.id, minutes: 60, reason: 'crash test' }, `shelve-${round}-${turn}`)
        : await client.command('alarms.acknowledge', { ids: [waiting.id] }, `acknowledge-${round}-${turn}`);
      if (reply.ok) (shelves ? answered.shelved : answered.acknowledged).set(waiting.id, waiting.raisedAt);
    }
    const incident = [...incidents.rows.values()].find(({ state }) => state === 'open');
    if (incident !== undefined) {
      const text = `round ${round} note ${turn}`;
      const reply = await client.command('incidents.note', { incident: incident.id, text }, `note-${round}-${turn}`);
      if (reply.ok) answered.notes.push({ incident: incident.id, text });
    }
    await pause(20);
  }
  return answered;
};
