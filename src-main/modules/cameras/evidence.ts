import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence, PictureBox } from '../../../src-shared/contract/index.ts';
import { DAY, refuse, ok, text, type Clock, type Ids, type Log, type Refusal, type Result, type Text, type UtcMs } from '../../../src-shared/kernel/index.ts';
import type { EvidenceKeeping } from '../../../src-shared/plant/index.ts';
import type { Faults } from '../../platform/faults.ts';
import type { SupervisedWorker } from '../../platform/workers.ts';
import type { Ledger } from '../ledger/index.ts';
import type { KeepRequest, Kept } from './messages.ts';
import type { Alignment } from './model/align.ts';
import { headsOf } from './model/heads.ts';
import { mayBeCopy, type Fingerprint } from './model/pictureHash.ts';
import type { CameraStore, StoredEvidence } from './store.ts';

/** What is kept: a camera's picture (`boxes` null when nobody has looked at it) or, with `camera` null, a photo that somebody handed in. */
export type KeepInput = { readonly camera: string | null; readonly at: UtcMs; readonly kind: string; readonly text: Text; readonly jpeg: Uint8Array; readonly boxes: readonly PictureBox[] | null; /** Part of a record from the start. */ readonly isHeld?: boolean };

/** Pictures kept as evidence: blurred, bounded, their digests in the ledger. */
export type EvidenceBook = {
  /** Keeps a picture under the id that is returned at once; what is written afterwards is blurred by default, its digest in the ledger. A disk that refuses is a fault. */
  keep(input: KeepInput): string;
  /** Resolves when all that was to be kept is written, or has failed. */
  settled(): Promise<void>;
  /** It belongs to a record now and outlives the retention. */
  hold(id: string): void;
  find(id: string): Evidence | undefined;
  newest(camera: string | null, limit: number): readonly Evidence[];
  /** The bytes, boxes drawn in when asked, and whether they are those that the ledger names; null when they are gone. */
  show(id: string, drawn: boolean): Promise<{ readonly evidence: Evidence; readonly jpeg: Uint8Array<ArrayBuffer>; readonly isIntact: boolean } | null>;
  /** Refused when a handed-in photo is no picture, or is one that is kept already, as it is, cut, mirrored or brightened; the refusal names it. */
  examine(jpeg: Uint8Array): Promise<Result<null, Refusal<'NotAPicture' | 'UsedBefore'>>>;
  /** How a photo lies on a kept picture; null when that is gone. */
  compare(id: string, jpeg: Uint8Array): Promise<Alignment | null>;
  /** Removes what is older or larger in all than the site keeps; never what belongs to a record. */
  prune(): void;
};

export type EvidenceDependencies = { readonly store: CameraStore; readonly worker: Pick<SupervisedWorker, 'call'>; readonly folder: string; readonly keeping: EvidenceKeeping; readonly ledger: Ledger; readonly clock: Clock; readonly ids: Ids; readonly faults: Faults; readonly log: Log };

/** Pictures that may wait to be written at once; a flood of them is no evidence. */
const MOST_WAITING = 40;
/** Candidates that are looked at closely, newest first. */
const MOST_CANDIDATES = 24;

export const createEvidence = ({ store, worker, folder, keeping, ledger, clock, ids, faults, log }: EvidenceDependencies): EvidenceBook => {
  const waiting = new Set<Promise<void>>();
  /** Marked as held before it was written. */
  const heldEarly = new Set<string>();

  const write = async (id: string, { camera, at, kind, text: words, jpeg, boxes, isHeld = false }: KeepInput) => {
    const month = new Date(at).toISOString().slice(0, 7);
    const [file, original] = [join(month, `${id}.jpg`), keeping.keepOriginal && camera !== null ? join(month, `${id}.original.jpg`) : null];
    const request: KeepRequest = { jpeg, file: join(folder, file), original: original === null ? null : join(folder, original), boxes, blur: camera === null && boxes === null ? 'none' : 'heads' };
    try {
      const { fingerprint, ...kept } = await worker.call<Kept>('keep', request);
      store.transaction(() => {
        store.putEvidence({ id, camera, at, kind, text: words, boxes: [...(boxes ?? [])], file, original, isHeld: isHeld || heldEarly.delete(id), ...kept }, fingerprint);
        ledger.append({ actor: camera ?? 'station', kind: 'evidence.kept', subject: id, body: { kind, at, sha256: kept.sha256, blurred: kept.blurred } });
      });
      faults.clear('cameras', 'EvidenceNotKept');
    } catch (error) {
      log.warn('evidence was not kept', { id, camera, error: String(error) });
      faults.report({ source: 'cameras', code: 'EvidenceNotKept', severity: 'warning', text: text('取证图片未能保存', 'A picture could not be kept as evidence'), detail: String(error) });
    }
  };
  const shown = ({ file: _file, original, bytes: _bytes, isHeld: _isHeld, ...rest }: StoredEvidence): Evidence => ({ ...rest, hasOriginal: original !== null });
  const path = (file: string) => join(folder, file);

  return {
    keep(input) {
      const id = ids.next('evi');
      if (waiting.size >= MOST_WAITING) {
        faults.report({ source: 'cameras', code: 'EvidenceNotKept', severity: 'warning', text: text('取证图片过多,部分未保存', 'Too many pictures at once: some were not kept as evidence'), detail: `${waiting.size}` });
        return id;
      }
      const work = write(id, input).finally(() => waiting.delete(work));
      waiting.add(work);
      return id;
    },
    async settled() {
      await Promise.all(waiting);
    },
    hold(id) {
      if (!store.hold(id)) heldEarly.add(id);
    },
    find(id) {
      const found = store.evidence(id);
      return found === undefined ? undefined : shown(found);
    },
    newest: (camera, limit) => store.newest(camera, limit).map(shown),
    async show(id, drawn) {
      const found = store.evidence(id);
      if (found === undefined) return null;
      const answer = await worker.call<{ readonly jpeg: Uint8Array<ArrayBuffer>; readonly sha256: string } | null>('show', { file: path(found.file), boxes: drawn ? found.boxes : null });
      return answer === null ? null : { evidence: shown(found), jpeg: answer.jpeg, isIntact: answer.sha256 === found.sha256 };
    },
    async examine(jpeg) {
      let own: Fingerprint;
      try {
        own = await worker.call<Fingerprint>('fingerprint', { jpeg });
      } catch (error) {
        return refuse('NotAPicture', text('这不是可以打开的图片', `This is no picture that can be opened (${error instanceof Error ? error.message.split('\n')[0] : String(error)})`), 'photo');
      }
      const candidates = store.fingerprints().filter(({ fingerprint }) => mayBeCopy(fingerprint, own)).slice(0, MOST_CANDIDATES);
      for (const { id } of candidates) {
        const found = store.evidence(id);
        if (found === undefined) continue;
        const compared = await compare(found, jpeg);
        if (compared?.isCopy === true) return refuse('UsedBefore', text(`这张照片是以前用过的:${found.text.zh}(${id})`, `This photo was used before: ${found.text.en} (${id})`), 'photo');
      }
      return ok(null);
    },
    async compare(id, jpeg) {
      const found = store.evidence(id);
      return found === undefined ? null : ((await compare(found, jpeg))?.alignment ?? null);
    },
    prune() {
      const oldest = clock.now() - keeping.days * DAY;
      let bytes = store.bytes();
      const most = keeping.megabytes * 1_000_000;
      const removed: string[] = [];
      for (const one of store.loose(500)) {
        if (one.at >= oldest && bytes <= most) break;
        for (const file of [one.file, one.original]) if (file !== null) rmSync(path(file), { force: true });
        store.dropEvidence(one.id);
        bytes -= one.bytes;
        removed.push(one.id);
      }
      if (removed.length > 0) ledger.append({ actor: 'station', kind: 'evidence.removed', subject: 'evidence', body: { removed } });
      if (bytes > most) faults.report({ source: 'cameras', code: 'EvidenceFull', severity: 'warning', text: text('取证图片已超出站点文件的容量,均属在案记录', 'Evidence takes more room than the site file grants, and all of it belongs to records'), detail: `${Math.round(bytes / 1_000_000)} MB` });
      else faults.clear('cameras', 'EvidenceFull');
    },
  };

  async function compare(found: StoredEvidence, jpeg: Uint8Array): Promise<{ readonly alignment: Alignment; readonly isCopy: boolean } | null> {
    const aside = found.blurred === 'heads' ? headsOf(found.boxes, found.width / found.height) : [];
    try {
      return await worker.call('compare', { file: path(found.file), jpeg, aside });
    } catch (error) {
      log.warn('kept evidence cannot be read', { id: found.id, error: String(error) });
      return null;
    }
  }
};
