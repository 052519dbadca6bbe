import { SCREENS, type Place, type Target } from '../link/index.ts';

const TARGETS: readonly Target['kind'][] = ['zone', 'unit', 'equipment', 'tag', 'person', 'detector', 'camera', 'muster', 'alarm'];

/** `#/units/U-AMMONIA?detail=tag:PT-101` ⇄ place, so that a reload, a bookmark or a second window shows the same. */
export const placeOf = (hash: string): Place => {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
  const [screen, subject] = path.split('/').map(decoded);
  const query = new URLSearchParams(search);
  const [kind, ...id] = (query.get('detail') ?? '').split(':');
  const since = Number(query.get('since') ?? Number.NaN);
  const known = TARGETS.find((each) => each === kind);
  return {
    screen: SCREENS.find((each) => each === screen) ?? 'overview',
    subject: subject === undefined || subject === '' ? null : subject,
    target: known === undefined || id.length === 0 ? null : { kind: known, id: id.join(':'), ...(Number.isFinite(since) && { since }) },
  };
};

/** What somebody has typed by hand need not be encoded. */
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

export const hashOf = ({ screen, subject, target }: Place): string => {
  const path = subject === null ? `#/${screen}` : `#/${screen}/${encodeURIComponent(subject)}`;
  return target === null ? path : `${path}?${new URLSearchParams({ detail: `${target.kind}:${target.id}`, ...(target.since !== undefined && { since: String(target.since) }) }).toString()}`;
};
