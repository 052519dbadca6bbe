import { EventEmitter } from 'node:events';
import { record } from './record.ts';

type Handle = (request: Request) => Response | Promise<Response>;
type BeforeRequest = (details: { readonly url: string }, answer: (response: { readonly cancel: boolean }) => void) => void;
type Contents = { getURL(): string };
type PermissionRequest = (contents: Contents, permission: string, answer: (granted: boolean) => void) => void;
type PermissionCheck = (contents: Contents | null, permission: string, origin: string) => boolean;

const handlers = new Map<string, Handle>();
let beforeRequest: BeforeRequest = (_details, answer) => answer({ cancel: false });
let permissionRequest: PermissionRequest | null = null;
let permissionCheck: PermissionCheck | null = null;
let devicePermission: (() => boolean) | null = null;

const handle = (scheme: string, handler: Handle) => {
  if (!record.schemes.some((known) => known.scheme === scheme)) throw new Error(`scheme ${scheme} was not registered before the app was ready`);
  handlers.set(scheme, handler);
};

class DefaultSession extends EventEmitter {
  readonly protocol = { handle };
  readonly webRequest = { onBeforeRequest: (listener: BeforeRequest) => void (beforeRequest = listener) };
  setPermissionRequestHandler(handler: PermissionRequest) {
    permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: PermissionCheck) {
    permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: () => boolean) {
    devicePermission = handler;
  }
}
export const session = { defaultSession: new DefaultSession() };

export const protocol = {
  registerSchemesAsPrivileged(schemes: { readonly scheme: string; readonly privileges: Readonly<Record<string, boolean>> }[]) {
    if (registrationClosed) throw new Error('schemes are registered before the app is ready');
    record.schemes = schemes;
  },
};
let registrationClosed = false;
export const closeRegistration = (): void => void (registrationClosed = true);

/** The answer of the shell's own scheme; null for every other scheme, which nothing here answers. */
export const answerOfProtocol = async (request: Request): Promise<Response | null> => (await handlers.get(new URL(request.url).protocol.slice(0, -1))?.(request)) ?? null;

export const isCancelled = (url: string): boolean => {
  let cancelled = false;
  beforeRequest({ url }, ({ cancel }) => (cancelled = cancel));
  return cancelled;
};

/** What the shell answers when the page at `url` asks for `permission`; Electron grants where no handler is set. */
export const isPermitted = (url: string, permission: string): boolean => {
  if (permission === 'device') return devicePermission?.() ?? true;
  let granted = permissionRequest === null;
  permissionRequest?.({ getURL: () => url }, permission, (answer) => (granted = answer));
  return granted && (permissionCheck?.(null, permission, url) ?? true);
};

/** True when the shell stops the download of `url`. */
export const stopsDownload = (url: string): boolean => {
  let stopped = false;
  const item = { getURL: () => url, getFilename: () => 'record.html', setSaveDialogOptions() {} };
  session.defaultSession.emit('will-download', { preventDefault: () => (stopped = true) }, item);
  return stopped;
};
