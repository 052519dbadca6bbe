import { ipcRenderer } from 'electron';

// Hands the page one MessagePort to the station each time it asks, and nothing else.
ipcRenderer.on('port', ({ ports }) => window.postMessage({ type: 'anlan-port' }, '*', [...ports]));
window.addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
  if (source === window && typeof data === 'object' && data !== null && 'type' in data && data.type === 'anlan-connect') ipcRenderer.send('connect');
});
