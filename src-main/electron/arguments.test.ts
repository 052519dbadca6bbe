import { expect, it } from 'vitest';
import { ownArguments } from './arguments.ts';

it('keeps the arguments of the station and drops those of Electron and Chromium', () => {
  expect(ownArguments(['/opt/anlan/anlan', '/opt/anlan', '--kiosk', '--no-sandbox', '--site', '/etc/plant.yaml', '--remote-debugging-port=9222', '--port=7000'])).toEqual(['--site', '/etc/plant.yaml', '--port=7000']);
});
