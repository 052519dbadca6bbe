import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary.ts';
import { clock, disk, displays, models, node, pictures, port, runChecks, sound, sqlite } from './checks.ts';

const shipped = join(import.meta.dirname, '../../../models');

describe('selftest', () => {
  it('passes on a machine that runs the tests', async () => {
    using folder = temporaryFolder();
    const outcomes = await runChecks([node, sqlite, models(shipped), pictures(shipped), disk(folder.path), clock]);
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('finds a model that is not the one of its card', async () => {
    using folder = temporaryFolder();
    for (const file of readdirSync(shipped)) if (/\.(json|onnx)$/.test(file)) copyFileSync(join(shipped, file), folder.file(file));
    const [model] = readdirSync(folder.path).filter((file) => file.endsWith('.onnx'));
    writeFileSync(folder.file(model!), 'another model');
    const [outcome] = await runChecks([models(folder.path)]);
    expect(outcome).toMatchObject({ ok: false });
    expect(outcome?.detail).toContain('hash');
  });

  it('finds that the detector is not there', async () => {
    using folder = temporaryFolder();
    expect(await runChecks([pictures(folder.path)])).toMatchObject([{ name: 'pictures', ok: false, detail: expect.stringContaining('vision-ppe') }]);
  });

  it('finds a busy port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const busy = typeof address === 'object' && address !== null ? address.port : 0;
    const [alone, next] = await runChecks([port(busy, 0), port(busy)]);
    server.close();
    expect(alone).toMatchObject({ ok: false });
    expect(next).toMatchObject({ ok: true });
    expect(next?.detail).toContain('is busy');
  });

  it('fails on a data folder that cannot be', async () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('taken'), '');
    const [outcome] = await runChecks([disk(join(folder.file('taken'), 'data'))]);
    expect(outcome).toMatchObject({ name: 'disk', ok: false });
  });

  it.runIf(process.platform === 'linux')('lists monitors, and misses a sound device on a desk only', async () => {
    using folder = temporaryFolder();
    mkdirSync(folder.file('card0-HDMI-A-1'));
    writeFileSync(join(folder.file('card0-HDMI-A-1'), 'status'), 'connected\n');
    writeFileSync(join(folder.file('card0-HDMI-A-1'), 'modes'), '3840x2160\n1920x1080\n');
    writeFileSync(folder.file('cards'), ' 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n                      HDA Intel PCH at 0xf7f10000 irq 33\n');
    const outcomes = await runChecks([displays(folder.path, true), sound(folder.file('cards'), true), sound(folder.file('none'), true), sound(folder.file('none'), false)]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, false, true]);
    expect(outcomes[0]?.detail).toBe('1 connected: HDMI-A-1 3840x2160');
    expect(outcomes[1]?.detail).toContain('HDA-Intel');
  });
});
