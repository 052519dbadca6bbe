import { text, type Text } from '../../../../src-shared/kernel/index.ts';

/** What to do about an OPC UA status, by families of codes that call for the same act. */
export const ADVICE = {
  retry: text('本站会自动重试；若一直如此，请检查服务器负载', 'it is tried again by itself; if it stays, look at the load of the server'),
  wait: text('稍候会自行恢复；若超过几分钟，请检查服务器', 'it passes by itself; if it lasts for minutes, look at the server'),
  network: text('请检查服务器是否开机、网线、交换机和防火墙', 'check that the server is up, then cable, switch and firewall'),
  serverLog: text('请查看服务器日志，反复出现时联系其厂家', 'look into the log of the server; ask its maker if it comes again'),
  software: text('多为两端软件不兼容：请记下代码和时间，联系厂家', 'most often the two programs disagree: note code and time and ask the maker'),
  credentials: text('请检查站点文件中的用户名、密码或用户证书，以及该用户在服务器上的权限', 'check user, password or user certificate in the site file, and the rights of that user on the server'),
  trustUs: text('请在服务器端信任 PKI 目录 own/certs 中的本站证书', 'have the server trust our certificate in own/certs of the PKI folder'),
  trustThem: text('请在诊断页“数据源接入”中核对服务器证书，属实后再信任', 'compare the server certificate under Diagnostics, Connect sources, and trust it only if it is right'),
  renew: text('请更换证书，或核对两端时钟', 'renew the certificate, or set the clocks of both ends right'),
  authority: text('请向证书签发机构取得完整签发链和吊销列表，放入 PKI 目录 issuers', 'get chain and revocation list from the certificate authority into issuers of the PKI folder'),
  endpoint: text('请在诊断页“数据源接入”中重选端点，或改站点文件的安全模式与策略', 'choose another endpoint under Diagnostics, Connect sources, or other security in the site file'),
  address: text('请在诊断页“数据源接入”中浏览服务器，改正此位号的节点', 'browse the server under Diagnostics, Connect sources, and correct the node of this tag'),
  point: text('请控制系统工程师核对该点的组态', 'have the control engineer check how this point is configured'),
  sensor: text('请到现场检查仪表、接线和供电；修好前该值不可用', 'check instrument, wiring and supply in the field; the value is unusable until then'),
  controller: text('请检查服务器与控制器（PLC/DCS）之间的通信', 'check the link between the server and its controller (PLC, DCS)'),
  calibrate: text('该值仅供参考，请安排校验', 'take the value as a hint only and have the instrument calibrated'),
  manual: text('请确认是谁、为何手动置值，恢复自动后再信任', 'find out who set it by hand and why; trust it once it is automatic again'),
  hint: text('该值仅供参考，请与旁边的仪表核对', 'take the value as a hint only and compare it with an instrument beside it'),
  license: text('请联系服务器厂家更新或扩大授权', 'ask the maker of the server for a new or larger license'),
  limits: text('请减少订阅的位号，或请服务器管理员提高限额', 'subscribe to fewer tags, or have the limit of the server raised'),
  history: text('该时段历史补不齐，趋势中留有缺口', 'this stretch of history cannot be filled and stays a gap in the trend'),
  historySetup: text('请在服务器上为该点开启历史记录，否则断线期间的数据补不回来', 'have the server keep history of this point, or what passes while the link is down is lost'),
  condition: text('请刷新报警列表后再操作', 'look at the alarm again and repeat the act if it is still needed'),
  conditionSetup: text('请控制系统工程师核对该报警的组态', 'have the control engineer check how this alarm is configured'),
  filter: text('请检查站点文件中此数据源的死区和采样设置', 'check deadband and sampling of this source in the site file'),
  lock: text('请先结束占用该设备的组态软件', 'end the engineering tool that holds the device first'),
  nothing: text('本站不使用此功能，无需处理', 'the station does not use this function; nothing to do'),
} as const satisfies Record<string, Text>;
export type Advice = keyof typeof ADVICE;
