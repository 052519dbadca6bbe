import type { CameraRow, PictureBox } from '../../../src-shared/contract/index.ts';
import type { UtcMs } from '../../../src-shared/kernel/index.ts';
import type { CameraSource } from '../../../src-shared/plant/index.ts';
import type { Fingerprint } from './model/pictureHash.ts';

/** What the station hands the worker at every start of it. */
export type CamerasSetup = { readonly sources: readonly CameraSource[]; /** The program that reads RTSP; a name is looked for on the path. */ readonly ffmpeg: string };

/** What the worker knows of a camera. */
export type SourceRow = Omit<CameraRow, 'analytics' | 'zones' | 'isRedrawn'>;

/** One whole JPEG as it arrived. */
export type Picture = { readonly camera: string; readonly at: UtcMs; readonly jpeg: Uint8Array<ArrayBuffer> };

/** What the worker tells the station, which answers each picture with `Taken`: of a camera one is on its way and one, the newest, waits. */
export type CamerasMessage = { readonly kind: 'rows'; readonly rows: readonly SourceRow[] } | ({ readonly kind: 'picture' } & Picture);
export type Taken = { readonly kind: 'taken'; readonly camera: string };

/** Asks the worker to keep a picture: blurred where heads are, written to `file`; `original` too when the site wants it. `boxes` null: nobody has looked, so all of it is made coarse. */
export type KeepRequest = { readonly jpeg: Uint8Array; readonly file: string; readonly original: string | null; readonly boxes: readonly PictureBox[] | null; readonly blur: 'heads' | 'none' };
export type Kept = { readonly width: number; readonly height: number; readonly bytes: number; readonly sha256: string; readonly blurred: 'heads' | 'whole' | 'none'; readonly fingerprint: Fingerprint };
