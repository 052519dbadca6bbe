import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { createServer, type Socket } from 'node:net';

/** Whether the program ffmpeg is on this machine. */
export const hasFfmpeg = (): boolean => spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).status === 0;

/**
 * A small RTSP 1.0 server (RFC 2326) on loopback: it plays a test card as MPEG-2 over RTP, interleaved in the TCP connection, to whoever asks; with `user` it wants Basic sign-in.
 */
export const startRtspServer = async ({ user }: { readonly user?: { readonly name: string; readonly password: string } } = {}) => {
  const sockets = new Set<Socket>();
  const children = new Set<ChildProcess>();
  const wanted = user === undefined ? null : `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`;
  const play = (socket: Socket) => {
    const rtp = createSocket('udp4');
    rtp.on('message', (packet) => {
      const head = Buffer.from([0x24, 0, packet.length >> 8, packet.length & 255]);
      if (!socket.destroyed) socket.write(Buffer.concat([head, packet]));
    });
    rtp.bind(0, '127.0.0.1', () => {
      const child = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-re', '-f', 'lavfi', '-i', 'testsrc2=size=320x240:rate=10', '-c:v', 'mpeg2video', '-g', '5', '-f', 'rtp', `rtp://127.0.0.1:${rtp.address().port}`], { stdio: 'ignore' });
      children.add(child);
      socket.once('close', () => {
        child.kill('SIGKILL');
        rtp.close();
      });
    });
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let held = '';
    socket.on('data', (data) => {
      held += data.toString('latin1');
      for (let end = held.indexOf('\r\n\r\n'); end >= 0; end = held.indexOf('\r\n\r\n')) {
        const asked = held.slice(0, end);
        held = held.slice(end + 4);
        answer(socket, asked);
      }
    });
  });
  const answer = (socket: Socket, asked: string) => {
    const [method = '', address = ''] = asked.replace(/^[^A-Z]*/, '').split(' ');
    const sequence = /^CSeq:\s*(\d+)/im.exec(asked)?.[1] ?? '0';
    const reply = (status: string, lines: readonly string[] = [], body = '') => socket.write([`RTSP/1.0 ${status}`, `CSeq: ${sequence}`, ...lines, ...(body === '' ? [] : [`Content-Length: ${body.length}`]), '', body].join('\r\n'));
    if (wanted !== null && method !== 'OPTIONS' && !asked.includes(`Authorization: ${wanted}`)) return reply('401 Unauthorized', ['WWW-Authenticate: Basic realm="camera"']);
    if (method === 'OPTIONS') return reply('200 OK', ['Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN']);
    if (method === 'DESCRIBE') {
      if (!address.endsWith('/yard')) return reply('404 Not Found');
      return reply('200 OK', ['Content-Type: application/sdp', `Content-Base: ${address}/`], 'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=yard\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=video 0 RTP/AVP 32\r\na=control:one\r\n');
    }
    if (method === 'SETUP') return reply('200 OK', ['Session: 1', 'Transport: RTP/AVP/TCP;unicast;interleaved=0-1']);
    if (method === 'PLAY') {
      reply('200 OK', ['Session: 1']);
      return play(socket);
    }
    return reply('200 OK', ['Session: 1']);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const place = server.address();
  return {
    port: typeof place === 'object' && place !== null ? place.port : 0,
    /** Cuts all that are connected. */
    cut: () => sockets.forEach((socket) => socket.destroy()),
    [Symbol.dispose]() {
      children.forEach((child) => child.kill('SIGKILL'));
      sockets.forEach((socket) => socket.destroy());
      server.close();
    },
  };
};
