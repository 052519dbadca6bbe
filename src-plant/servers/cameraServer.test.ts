import { afterEach, describe, expect, it } from 'vitest';
import { createFakeClock, type FakeClock } from '../../src-main/testing/fakeClock.ts';
import type { CameraPictures } from '../cameraPictures.ts';
import { type CameraServer, startCameraServer } from './cameraServer.ts';

const pose = { position: [0, 0, 5] as [number, number, number], heading: 0, tilt: 0, fieldOfView: 45 };
const pictures: CameraPictures = { format: 'anlan.cameras/1', plant: 'p', width: 1, height: 1, frameMs: 400, cameras: [{ id: 'CAM-1', pose, loops: { normal: ['CAM-1/normal-00.jpg', 'CAM-1/normal-01.jpg'], fire: ['CAM-1/fire-00.jpg'] } }] };
let server: CameraServer | undefined;
afterEach(() => server?.close());

const start = async (): Promise<{ clock: FakeClock; url: string; server: CameraServer }> => {
  const clock = createFakeClock(0);
  // A picture is its own name, so that a test sees which one it got.
  server = await startCameraServer({ port: 0, pictures, read: (file) => new TextEncoder().encode(file), clock });
  return { clock, url: `http://127.0.0.1:${server.port}/cameras`, server };
};
const text = async (url: string) => (await fetch(url)).text();

describe('the camera server', () => {
  it('shows one picture of the loop after the other', async () => {
    const { clock, url } = await start();
    expect(await text(`${url}/CAM-1.jpg`)).toBe('CAM-1/normal-00.jpg');
    clock.advance(400);
    expect(await text(`${url}/CAM-1.jpg?x=1`)).toBe('CAM-1/normal-01.jpg');
    clock.advance(400);
    expect(await text(`${url}/CAM-1.jpg`)).toBe('CAM-1/normal-00.jpg');
  });

  it('shows what the scenario wants for as long as it wants', async () => {
    const { clock, url, server: cameras } = await start();
    cameras.show('CAM-1', 'fire', 10);
    expect(await text(`${url}/CAM-1.jpg`)).toBe('CAM-1/fire-00.jpg');
    clock.advance(10_000);
    expect(await text(`${url}/CAM-1.jpg`)).toMatch(/normal/);
    expect(() => cameras.show('CAM-1', 'smoke', 1)).toThrow(/no pictures smoke/);
    expect(() => cameras.show('CAM-2', 'fire', 1)).toThrow(/CAM-2/);
  });

  it('streams pictures in parts that say how long they are', async () => {
    const { clock, url } = await start();
    const stop = new AbortController();
    const response = await fetch(`${url}/CAM-1.mjpeg`, { signal: stop.signal });
    expect(response.headers.get('content-type')).toBe('multipart/x-mixed-replace; boundary=anlan-picture');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    while (!heard.includes('CAM-1/normal-01.jpg')) {
      const { value } = await reader.read();
      heard += value;
      clock.advance(200);
    }
    expect(heard).toMatch(/^--anlan-picture\r\nContent-Type: image\/jpeg\r\nContent-Length: 19\r\n\r\nCAM-1\/normal-00\.jpg\r\n--anlan-picture/);
    stop.abort();
  });

  it('answers nothing while the camera is cut, ends its streams, and comes back', async () => {
    const { clock, url, server: cameras } = await start();
    const stream = await fetch(`${url}/CAM-1.mjpeg`);
    const ended = stream.text().then(() => 'ended', () => 'broken');
    cameras.cut('CAM-1', 20);
    expect(await ended).toBe('broken');
    await expect(fetch(`${url}/CAM-1.jpg`)).rejects.toThrow();
    clock.advance(20_000);
    expect(await text(`${url}/CAM-1.jpg`)).toMatch(/normal/);
  });

  it('knows its cameras and methods only', async () => {
    const { url } = await start();
    expect((await fetch(`${url}/CAM-9.jpg`)).status).toBe(404);
    expect((await fetch(`${url}/..%2f..%2fsite.yaml`)).status).toBe(404);
    expect((await fetch(`${url}/CAM-1.jpg`, { method: 'POST' })).status).toBe(405);
  });
});
