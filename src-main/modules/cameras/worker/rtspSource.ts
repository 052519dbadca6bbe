import { spawn } from 'node:child_process';
import { createScope, disposable, text, type Disposable, type Text } from '../../../../src-shared/kernel/index.ts';
import { keepDialling, readStream, type SourceDependencies } from './sources.ts';

/** What ffmpeg's muxer `mpjpeg` writes between pictures. */
const BOUNDARY = 'ffmpeg';
/** How long ffmpeg may look at a stream before it gives the first picture, µs: two seconds hold a whole picture of any camera. */
const ANALYSE_US = '2000000';
/** Words of ffmpeg that a person must act on. */
const REFUSALS: readonly (readonly [RegExp, Text])[] = [
  [/401|Unauthorized|authorization failed/i, text('用户名或密码错误:请检查站点文件', 'User or password is wrong: check the site file')],
  [/404|Stream Not Found|Not Found/i, text('摄像机没有这个地址:请检查站点文件的 url', 'The camera has no such address: check the url in the site file')],
  [/403|Forbidden/i, text('此用户无权查看画面:请检查摄像机的用户权限', 'This user may not see the picture: check the users of the camera')],
];

/**
 * Takes RTSP through the program ffmpeg, which turns the stream into JPEGs at the wanted rate: a child process that ends with us. The address goes to it by its standard input (ffconcat), so that no
 * password stands in the list of processes. Without ffmpeg the camera is refused in words.
 */
export const createRtspSource = (dependencies: SourceDependencies, ffmpeg: string): Disposable => {
  const { source, state, clock } = dependencies;
  const arguments_ = [
    '-hide_banner', '-loglevel', 'error',
    '-analyzeduration', ANALYSE_US, '-protocol_whitelist', 'pipe,rtsp,rtsps,rtp,srtp,tcp,tls,udp,crypto', '-f', 'concat', '-safe', '0', '-i', 'pipe:0',
    '-an', '-vf', `fps=${source.fps}`, '-q:v', '4', '-f', 'mpjpeg', 'pipe:1',
  ];
  return keepDialling(clock, state, (end) => {
    const own = createScope();
    const child = spawn(ffmpeg, arguments_, { stdio: ['pipe', 'pipe', 'pipe'] });
    let words = '';
    const stream = own.add(readStream(BOUNDARY, dependencies, end));
    own.add(
      disposable(() => {
        child.removeAllListeners();
        child.stdout.removeAllListeners();
        child.on('error', () => undefined);
        child.kill('SIGKILL');
      }),
    );
    child.on('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ENOENT' ? { kind: 'refused', text: text('没有安装 ffmpeg,无法读取 RTSP:请安装 ffmpeg,或改用摄像机的 JPEG 或 MJPEG 地址', 'ffmpeg is not installed, so RTSP cannot be read: install it, or use the camera’s JPEG or MJPEG address') } : { kind: 'failed', text: text(`ffmpeg 无法运行:${error.message}`, `ffmpeg does not run: ${error.message}`) }),
    );
    child.stdin.on('error', () => undefined);
    child.stdin.end(listOf(source));
    child.stdout.on('data', stream.push);
    child.stderr.on('data', (chunk: Buffer) => void (words = (words + chunk.toString('utf8')).slice(-2_000)));
    child.on('close', () => {
      const refusal = REFUSALS.find(([pattern]) => pattern.test(words));
      const last = withoutAddresses(words.trim().split('\n').at(-1) ?? '');
      end(refusal === undefined ? { kind: 'failed', text: text(`RTSP 中断:${last}`, `RTSP broke off: ${last}`) } : { kind: 'refused', text: refusal[1] });
    });
    return own;
  });
};

/** The list of one file that ffmpeg reads, with the sign-in in the address. */
const listOf = ({ url, user, password }: SourceDependencies['source']): string => {
  const address = new URL(url);
  if (user !== undefined) address.username = encodeURIComponent(user);
  if (password !== undefined) address.password = encodeURIComponent(password);
  return `ffconcat version 1.0\nfile '${address.href.replaceAll("'", '%27')}'\noption rtsp_transport tcp\noption timeout 10000000\noption analyzeduration ${ANALYSE_US}\n`;
};

const withoutAddresses = (words: string): string => words.replaceAll(/\b[a-z]+:\/\/\S+/gi, '…');
