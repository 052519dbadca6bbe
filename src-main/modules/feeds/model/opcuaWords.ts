import { text, type Text } from '../../../../src-shared/kernel/index.ts';

/** What an OPC UA status means and what to do. `refused` needs a person; everything else is tried again. */
export type StatusWords = { readonly isRefusal: boolean; readonly text: Text };

const refusal = (zh: string, en: string): StatusWords => ({ isRefusal: true, text: text(zh, en) });
const failure = (zh: string, en: string): StatusWords => ({ isRefusal: false, text: text(zh, en) });

/** IEC 62541-4 table 178, those a client meets when it connects or subscribes. */
const WORDS: Readonly<Record<string, StatusWords>> = {
  BadUserAccessDenied: refusal('用户名或密码错误,或此用户无权访问:请检查站点文件', 'User or password is wrong, or this user has no access: check the site file'),
  BadIdentityTokenInvalid: refusal('服务器不接受此登录方式:请检查用户名、密码和匿名登录设置', 'The server does not accept this way of signing in: check user, password and anonymous access'),
  BadIdentityTokenRejected: refusal('用户名或密码被服务器拒绝:请检查站点文件', 'The server rejects user or password: check the site file'),
  BadCertificateUntrusted: refusal('服务器不信任本站证书:请在服务器端信任 PKI 目录 own/certs 中的本站证书', 'The server does not trust our certificate: have it trust the one in own/certs of the PKI folder'),
  BadSecurityChecksFailed: refusal('安全检查失败:多为服务器尚未信任本站证书(PKI 目录 own/certs)', 'Security checks failed: most often the server does not trust our certificate yet (own/certs of the PKI folder)'),
  BadCertificateTimeInvalid: refusal('证书已过期或尚未生效:请更换证书,或检查双方时钟', 'A certificate has expired or is not valid yet: renew it, or check both clocks'),
  BadCertificateUriInvalid: refusal('服务器认为本站证书与应用标识不符', 'The server finds that our certificate and application URI differ'),
  BadCertificateHostNameInvalid: refusal('证书上的主机名与地址不符', 'The host name of the certificate differs from the address'),
  BadCertificateInvalid: refusal('证书无效或已更换', 'A certificate is invalid or was changed'),
  BadCertificateChainIncomplete: refusal('服务器证书的签发链不完整', 'The chain of the server certificate is incomplete'),
  BadSecurityPolicyRejected: refusal('服务器不支持此安全策略:请在站点文件 securityPolicy 中改选', 'The server does not support this security policy: choose another securityPolicy in the site file'),
  BadSecurityModeRejected: refusal('服务器不支持此安全模式:请在站点文件 securityMode 中改选', 'The server does not support this security mode: choose another securityMode in the site file'),
  BadTcpEndpointUrlInvalid: refusal('服务器不认识此地址:请检查路径', 'The server does not know this address: check its path'),
  BadTooManySessions: failure('服务器会话数已满,稍后重试', 'The server has no session left, trying again'),
  BadTooManySubscriptions: failure('服务器订阅数已满,稍后重试', 'The server has no subscription left, trying again'),
  BadTooManyMonitoredItems: failure('服务器监视项数已满:部分位号没有数据', 'The server takes no more monitored items: some tags have no data'),
  BadServerHalted: failure('服务器已停止', 'The server is halted'),
  BadShutdown: failure('服务器正在关闭', 'The server is shutting down'),
  BadSessionIdInvalid: failure('服务器重启,会话已失效,正在重建', 'The server was restarted and the session is gone: making a new one'),
  BadTimeout: failure('服务器未在时限内应答', 'The server did not answer in time'),
  BadNodeIdUnknown: failure('服务器没有此节点', 'The server has no such node'),
  BadNodeIdInvalid: failure('节点标识格式错误', 'The node id is malformed'),
  BadNotReadable: failure('此节点不可读', 'This node cannot be read'),
  BadAttributeIdInvalid: failure('此节点没有数值', 'This node has no value'),
};

/** The words for whatever an error or a status says; unknown ones keep their own. */
export const wordsFor = (message: string): StatusWords => {
  const known = WORDS[/Bad[A-Za-z]+/.exec(message)?.[0] ?? ''];
  if (known !== undefined) return known;
  if (/cannot find endpoint/i.test(message)) return refusal('服务器没有此安全模式和策略的端点:请检查站点文件', 'The server has no endpoint with this security mode and policy: check the site file');
  const brief = (message.split('\n')[0] ?? message).slice(0, 160);
  return failure(`无法连接:${brief}`, `Cannot connect: ${brief}`);
};
