import { text, type Text, type UtcMs } from '../../../../src-shared/kernel/index.ts';

/** A condition of an OPC UA server (IEC 62541-9) as the alarm list takes it: the server owns its state. */
export type ConditionReport = {
  /** NodeId of the condition, and of its branch where it has one. */
  readonly key: string;
  readonly message: Text;
  readonly place: Text;
  readonly tag?: string;
  readonly kind: string;
  /** 1 to 1000. */
  readonly severity: number;
  readonly active: boolean;
  readonly acknowledged: boolean;
  readonly latched: boolean;
  readonly shelved: { readonly until: UtcMs | null } | null;
  readonly suppressed: boolean;
  readonly outOfService: boolean;
  readonly at: UtcMs;
  readonly actor?: string;
  readonly note?: string;
};

/** Fields of an event, each with the type that defines it and its path there. */
export const CONDITION_FIELDS = {
  eventId: ['BaseEventType', 'EventId'],
  eventType: ['BaseEventType', 'EventType'],
  sourceNode: ['BaseEventType', 'SourceNode'],
  sourceName: ['BaseEventType', 'SourceName'],
  time: ['BaseEventType', 'Time'],
  message: ['BaseEventType', 'Message'],
  severity: ['BaseEventType', 'Severity'],
  conditionId: ['ConditionType'],
  conditionName: ['ConditionType', 'ConditionName'],
  branchId: ['ConditionType', 'BranchId'],
  retain: ['ConditionType', 'Retain'],
  enabled: ['ConditionType', 'EnabledState', 'Id'],
  comment: ['ConditionType', 'Comment'],
  user: ['ConditionType', 'ClientUserId'],
  acked: ['AcknowledgeableConditionType', 'AckedState', 'Id'],
  active: ['AlarmConditionType', 'ActiveState', 'Id'],
  suppressed: ['AlarmConditionType', 'SuppressedState', 'Id'],
  outOfService: ['AlarmConditionType', 'OutOfServiceState', 'Id'],
  latched: ['AlarmConditionType', 'LatchedState', 'Id'],
  shelving: ['AlarmConditionType', 'ShelvingState', 'CurrentState', 'Id'],
  unshelveTime: ['AlarmConditionType', 'ShelvingState', 'UnshelveTime'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

/** What an event says, in plain values: node ids as text, times as UTC ms, localized text as its text; absent for what the condition does not have. */
export type ConditionFields = { readonly [K in keyof typeof CONDITION_FIELDS]?: unknown };

const UNSHELVED = 'i=2930';

/**
 * The report of an event, or null when the event is not one of a condition. A condition that the server no longer retains, or that is disabled, is over: neither active nor
 * waiting for anybody. One without an active state (a plain condition) counts as active while it is retained, one without an acknowledged state as acknowledged.
 */
export const readCondition = (fields: ConditionFields, { now, tagOf }: { readonly now: UtcMs; tagOf(sourceNode: string, sourceName: string): string | undefined }): ConditionReport | null => {
  const conditionId = words(fields.conditionId);
  if (conditionId === '' || conditionId === 'i=0') return null;
  const branch = words(fields.branchId);
  const isOver = fields.retain === false || fields.enabled === false;
  const source = words(fields.sourceName);
  const message = words(fields.message) || words(fields.conditionName) || conditionId;
  const tag = tagOf(words(fields.sourceNode), source);
  const active = !isOver && (typeof fields.active === 'boolean' ? fields.active : true);
  const shelving = words(fields.shelving);
  const isShelved = !isOver && shelving !== '' && shelving !== 'i=0' && shelving !== UNSHELVED;
  const severity = typeof fields.severity === 'number' && fields.severity >= 1 ? Math.min(1_000, fields.severity) : 500;
  const [actor, note] = [words(fields.user), words(fields.comment)];
  return {
    key: branch === '' || branch === 'i=0' ? conditionId : `${conditionId}#${branch}`,
    message: text(message.slice(0, 300), message.slice(0, 300)),
    place: text(source.slice(0, 80), source.slice(0, 80)),
    ...(tag !== undefined && { tag }),
    kind: words(fields.conditionName).slice(0, 24),
    severity,
    active,
    acknowledged: isOver || (typeof fields.acked === 'boolean' ? fields.acked : true),
    latched: !isOver && !active && fields.latched === true,
    shelved: isShelved ? { until: typeof fields.unshelveTime === 'number' && fields.unshelveTime > 0 && fields.unshelveTime < 1e10 ? Math.round(now + fields.unshelveTime) : null } : null,
    suppressed: !isOver && fields.suppressed === true,
    outOfService: !isOver && fields.outOfService === true,
    at: typeof fields.time === 'number' && fields.time > 0 ? fields.time : now,
    ...(actor !== '' && { actor: actor.slice(0, 80) }),
    ...(note !== '' && { note: note.slice(0, 500) }),
  };
};

const words = (value: unknown): string => (typeof value === 'string' ? value : '');
