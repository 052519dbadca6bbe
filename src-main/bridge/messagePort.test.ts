import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { contractSuite } from '../testing/contractSuite.ts';
import { messagePort, type MessageChannelEnd } from './messagePort.ts';

/** Node's MessagePort in the shape of Electron's: its listener gets an event, and it waits for `start`. */
const asElectron = (port: MessagePort): MessageChannelEnd => ({
  postMessage: (message) => port.postMessage(message),
  on: (event, listener: (event: { data: unknown }) => void) => (event === 'close' ? port.on('close', () => listener({ data: null })) : port.addListener('message', (data) => listener({ data }))),
  start: () => port.start(),
  close: () => port.close(),
});

contractSuite('MessagePort', async () => {
  const open: MessagePort[] = [];
  return {
    async connect(serve) {
      const { port1, port2 } = new MessageChannel();
      open.push(port1, port2);
      serve(messagePort(asElectron(port1)));
      return messagePort(asElectron(port2));
    },
    async end() {
      for (const port of open) port.close();
    },
  };
});

it('tells at once that a closed port is closed, and sends nothing more', () => {
  const { port1 } = new MessageChannel();
  const port = messagePort(asElectron(port1));
  let closed = 0;
  port.onClose(() => (closed += 1));
  port.close();
  port.onClose(() => (closed += 1));
  port.send('into the void');
  expect(closed).toBe(2);
});
