import { text, type Text } from '../../../../src-shared/kernel/index.ts';

/** Why something that came was not taken as a value. Each is counted per feed and shown on the diagnostics page. */
export const REJECTIONS = {
  'too-large': text('报文过大,已拒收', 'Payload too large, refused'),
  'broken-json': text('报文不是有效的 JSON', 'Payload is not valid JSON'),
  'broken-payload': text('报文无法解码', 'Payload cannot be decoded'),
  'not-a-number': text('数值无效(空值、NaN 或无法识别的文字)', 'No usable number (empty, NaN or an unknown word)'),
  'before-birth': text('收到节点上线报告之前的数据:已请求节点重新上报', 'Data came before the birth certificate that names it: a rebirth was requested'),
  duplicate: text('重复报文,已忽略', 'The same message came twice, ignored once'),
  'unknown-node': text('服务器上没有此节点,或不可读', 'The server has no such node, or it cannot be read'),
  'unknown-tag': text('收到未登记的位号或人员、摄像头', 'Tag, wearable or camera is not in the plant model'),
  'time-too-old': text('数据源时间过早,时钟可能有误(例如停在 1970 年)', 'Source time is far in the past: its clock may be wrong (for example 1970)'),
  'time-ahead': text('数据源时间超前于本站', 'Source time is ahead of the station'),
  'clock-wrong': text('数据源或其服务器的时钟与本站相差过大:数值按本站时间记录,质量记为“不确定”;请校准其时钟', 'A clock of the source or its server is far from ours: values are kept at our time, as uncertain; set that clock right'),
  'retained-untimed': text('保留报文没有时间,无法判断新旧,未采用', 'A retained message states no time: nobody knows how old it is, so it is not taken'),
  'time-unreadable': text('数据源时间无法识别', 'Source time cannot be read'),
  'deadband-refused': text('服务器不接受这些位号的死区，改为上报每次变化', 'The server refuses the deadband of these tags: every change is reported'),
  'conditions-refused': text('服务器不提供报警与条件，或拒绝刷新', 'The server offers no alarms and conditions, or refuses to refresh them'),
  'gap-not-recoverable': text('断线期间的数据补不回来：服务器没有这些位号的历史', 'What passed while the link was down cannot be had: the server keeps no history of these tags'),
  overflow: text('主程序处理不及,数据被丢弃', 'The station could not keep up and values were dropped'),
} as const satisfies Record<string, Text>;
export type Rejection = keyof typeof REJECTIONS;
