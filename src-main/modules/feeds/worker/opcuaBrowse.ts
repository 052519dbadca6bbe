import { AttributeIds, BrowseDirection, browseAll2, DataType, NodeClass, resolveNodeId, StatusCodes, type ClientSession, type DataValue, type NodeId, type ReferenceDescription, type Variant } from 'node-opcua-client';
import type { BrowsedNode } from '../../../../src-shared/contract/index.ts';
import type { Clock } from '../../../../src-shared/kernel/index.ts';
import { fromStatusCode } from '../model/quality.ts';
import type { ServerVariable } from '../model/opcuaDraft.ts';
import type { LiveSession } from './opcuaSession.ts';

const OBJECTS = 'i=85';
/** The server's own object: thousands of diagnostics that no plant tag is. */
const SERVER = 'i=2253';
const HAS_PROPERTY = 'i=46';
/** Data items (IEC 62541-8): nothing lies below them but their properties. */
const LEAF_TYPES = new Set(['i=2365', 'i=2368', 'i=2373', 'i=2376', 'i=11238', 'i=15318', 'i=17497', 'i=17570']);
const MOST_CHILDREN = 2_000;
const MOST_NODES = 50_000;
const WALK_MS = 60_000;
const DEPTH = 12;

/** The children of a node as the tree shows them; of `null` those of the Objects folder. At most 2,000. */
export const browseChildren = async ({ session, limits }: LiveSession, node: string | null): Promise<readonly BrowsedNode[]> => {
  const [references = []] = await browse(session, [node ?? OBJECTS]);
  const children = references.filter(isPart).slice(0, MOST_CHILDREN);
  const details = await readDetails(session, children.filter(isVariable).map(({ nodeId }) => nodeId), limits.browse);
  return children.map((reference) => {
    const own = details.get(reference.nodeId.toString());
    return {
      nodeId: idOf(reference),
      browseName: reference.browseName.toString(),
      displayName: reference.displayName.text ?? reference.browseName.name ?? '',
      nodeClass: isVariable(reference) ? ('Variable' as const) : ('Object' as const),
      dataType: own?.dataType ?? null,
      unit: own?.unit ?? null,
      range: own?.range ?? null,
      value: own?.value ?? null,
      quality: own?.quality ?? null,
    };
  });
};

/** Every variable below a node, breadth first, with its path of browse names; the server's own object is left out. `isComplete` is false when a bound was reached. */
export const walkVariables = async ({ session, limits }: LiveSession, root: string | null, clock: Clock): Promise<{ readonly variables: readonly ServerVariable[]; readonly isComplete: boolean }> => {
  const until = clock.monotonic() + WALK_MS;
  const seen = new Set<string>();
  const found: { readonly reference: ReferenceDescription; readonly path: readonly string[] }[] = [];
  let level: { readonly id: string; readonly path: readonly string[] }[] = [{ id: root ?? OBJECTS, path: [] }];
  let isComplete = true;
  for (let depth = 0; level.length > 0 && depth < DEPTH; depth += 1) {
    const next: typeof level = [];
    for (let from = 0; from < level.length; from += limits.browse) {
      if (seen.size > MOST_NODES || clock.monotonic() > until) {
        isComplete = false;
        break;
      }
      const part = level.slice(from, from + limits.browse);
      const results = await browse(session, part.map(({ id }) => id));
      for (const [index, references] of results.entries()) {
        for (const reference of references.filter(isPart)) {
          const id = idOf(reference);
          if (id === SERVER || seen.has(id)) continue;
          seen.add(id);
          const path = [...part[index]!.path, reference.browseName.name ?? ''];
          if (isVariable(reference)) found.push({ reference, path });
          if (!isVariable(reference) || !LEAF_TYPES.has(reference.typeDefinition.toString().replace(/^ns=0;/, ''))) next.push({ id, path });
        }
      }
    }
    level = next;
  }
  return { isComplete, variables: found.map(({ reference, path }) => ({ nodeId: idOf(reference), path, displayName: reference.displayName.text ?? '', dataType: null, unit: null, range: null, value: null })) };
};

/** The same variables with type, unit, range and value for those that are wanted: each costs the server several reads. */
export const withDetails = async ({ session, limits }: LiveSession, variables: readonly ServerVariable[], wanted: ReadonlySet<string>): Promise<readonly ServerVariable[]> => {
  const details = await readDetails(session, variables.flatMap(({ nodeId }) => (wanted.has(nodeId) ? [resolveNodeId(nodeId)] : [])), limits.browse);
  return variables.map((variable) => {
    const own = wanted.has(variable.nodeId) ? details.get(resolveNodeId(variable.nodeId).toString()) : undefined;
    return own === undefined ? variable : { ...variable, dataType: own.dataType, unit: own.unit, range: own.range, value: own.value };
  });
};

const browse = async (session: ClientSession, nodes: readonly string[]): Promise<readonly (readonly ReferenceDescription[])[]> => {
  const results = await browseAll2(session, nodes.map((nodeId) => ({ nodeId: resolveNodeId(nodeId), browseDirection: BrowseDirection.Forward, referenceTypeId: resolveNodeId('HierarchicalReferences'), includeSubtypes: true, nodeClassMask: NodeClass.Object | NodeClass.Variable, resultMask: 63 })));
  const [bad] = results.filter(({ statusCode }) => statusCode.isNotGood());
  if (bad !== undefined && results.length === 1) throw new Error(bad.statusCode.name);
  return results.map(({ references }) => references ?? []);
};

const isVariable = ({ nodeClass }: ReferenceDescription) => nodeClass === NodeClass.Variable;
/** A property describes its node and is no point of its own. */
const isPart = ({ referenceTypeId }: ReferenceDescription) => referenceTypeId.toString().replace(/^ns=0;/, '') !== HAS_PROPERTY;
const idOf = ({ nodeId }: ReferenceDescription) => nodeId.toString().replace(/^ns=0;/, '');

type Details = { readonly dataType: string | null; readonly unit: string | null; readonly range: readonly [number, number] | null; readonly value: string | null; readonly quality: number | null };

/** Type, unit and range (IEC 62541-8) and the value of now for each variable. */
const readDetails = async (session: ClientSession, nodes: readonly NodeId[], atOnce: number): Promise<ReadonlyMap<string, Details>> => {
  const details = new Map<string, Details>();
  const size = Math.max(1, Math.floor(atOnce / 2));
  for (let from = 0; from < nodes.length; from += size) {
    const part = nodes.slice(from, from + size);
    const paths = await session.translateBrowsePath(part.flatMap((startingNode) => ['EngineeringUnits', 'EURange'].map((name) => ({ startingNode, relativePath: { elements: [{ referenceTypeId: resolveNodeId(HAS_PROPERTY), isInverse: false, includeSubtypes: true, targetName: { name } }] } }))));
    const property = (index: number) => (paths[index]?.statusCode === StatusCodes.Good ? paths[index]?.targets?.[0]?.targetId : undefined);
    const wanted = part.flatMap((nodeId, index) => [nodeId, property(2 * index), property(2 * index + 1)]);
    const asked = wanted.flatMap((nodeId, index) => (nodeId === undefined ? [] : [{ nodeId, index }]));
    const answers: (DataValue | undefined)[] = Array.from({ length: wanted.length });
    for (let start = 0; start < asked.length; start += atOnce) {
      const batch = asked.slice(start, start + atOnce);
      const values = await session.read(batch.map(({ nodeId }) => ({ nodeId, attributeId: AttributeIds.Value })));
      for (const [row, value] of values.entries()) answers[batch[row]!.index] = value;
    }
    for (const [index, nodeId] of part.entries()) {
      const [value, unit, range] = [answers[3 * index], answers[3 * index + 1], answers[3 * index + 2]];
      details.set(nodeId.toString(), { dataType: value === undefined || value.value?.dataType === undefined || value.value.dataType === DataType.Null ? null : (DataType[value.value.dataType] ?? null), unit: unitOf(unit?.value), range: rangeOf(range?.value), value: value === undefined ? null : show(value), quality: value === undefined ? null : fromStatusCode(value.statusCode.value) });
    }
  }
  return details;
};

const unitOf = (variant: Variant | undefined): string | null => {
  const value = variant?.value as { readonly displayName?: { readonly text?: string | null } | null } | null | undefined;
  return value?.displayName?.text?.trim() || null;
};
const rangeOf = (variant: Variant | undefined): readonly [number, number] | null => {
  const value = variant?.value as { readonly low?: unknown; readonly high?: unknown } | null | undefined;
  return typeof value?.low === 'number' && typeof value.high === 'number' && value.high > value.low ? [value.low, value.high] : null;
};
const show = ({ value: variant, statusCode }: DataValue): string => {
  const value: unknown = variant?.value;
  if (value === null || value === undefined) return statusCode.name;
  if (typeof value === 'number') return String(Math.round(value * 1e6) / 1e6);
  if (typeof value === 'string' || typeof value === 'boolean') return String(value).slice(0, 60);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object' && 'text' in value && typeof value.text === 'string') return value.text.slice(0, 60);
  return Array.isArray(value) || ArrayBuffer.isView(value) ? '[…]' : '{…}';
};
