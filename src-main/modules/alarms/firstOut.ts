import type { Alarm } from './alarm.ts';

/** First-out groups (IEC 62541-9 AlarmGroup): which alarm of a group came first is kept on all of them until all are quiet. */
export const createFirstOut = () => {
  const groups = new Map<string, Set<Alarm>>();
  const of = (alarm: Alarm): Set<Alarm> | undefined => groups.get(alarm.definition.group ?? '');
  return {
    join(alarm: Alarm) {
      const { group } = alarm.definition;
      if (group === null) return;
      const members = groups.get(group);
      if (members === undefined) groups.set(group, new Set([alarm]));
      else members.add(alarm);
    },
    leave(alarm: Alarm) {
      of(alarm)?.delete(alarm);
      if (alarm.definition.group === null) return;
      alarm.firstOut = null;
    },
    /** An alarm has moved: the first one that is up names itself to the group; the last one that goes quiet ends it. */
    settle(alarm: Alarm) {
      const members = of(alarm);
      if (members === undefined) return;
      const known = [...members].find(({ firstOut }) => firstOut !== null)?.firstOut ?? null;
      const isQuiet = [...members].every((member) => !isUp(member));
      if (isQuiet) for (const member of members) member.firstOut = null;
      else if (isUp(alarm)) alarm.firstOut = known ?? alarm.definition.id;
    },
  };
};

const isUp = ({ life }: Alarm): boolean => (life.active || !life.acknowledged || life.held) && !(life.suppressed || life.outOfService);
