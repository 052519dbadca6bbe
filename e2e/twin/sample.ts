import type { AlarmRow } from '../../src-shared/contract/alarms.ts';
import type { Emergency, HazardContour } from '../../src-shared/contract/emergency.ts';
import type { CameraEvent } from '../../src-shared/contract/people.ts';
import type { RiskField, ZoneRisk } from '../../src-shared/contract/risk.ts';
import { type Clock, contains, createValue, disposable, type Point } from '../../src-shared/kernel/index.ts';
import { PlantModel } from '../../src-shared/plant/index.ts';
import type { LiveValues, PeoplePositions, Source, TwinSources, TwinWind } from '../../src-renderer/scene/twinProps.ts';

/** Made-up sources for looking at the twin: a plausible quiet shift, or an ammonia release with ways out. Nothing here is a model. */
export const samplePlant = async (name: string | null): Promise<PlantModel> => PlantModel.parse(await (await fetch(`/assets/plants/${name ?? 'binhai'}/plant.json`)).json());

export const pageClock = (): Clock => ({
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return disposable(() => clearTimeout(timer));
  },
  every: (ms, run) => {
    const timer = setInterval(run, ms);
    return disposable(() => clearInterval(timer));
  },
});

export type SampleSources = TwinSources & { readonly put: { people(change: (positions: PeoplePositions) => void): void; emergencies(next: readonly Emergency[]): void } };

const writable = <T>(initial: T): Source<T> & { set(next: T): void } => {
  const value = createValue(initial);
  return { get: value.get, set: value.set, subscribe: (listener) => value.onDidChange(listener) };
};

/** The same numbers on every page. */
const random = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 4_294_967_296;
};

export const sampleSources = (plant: PlantModel, { clock, emergency: kind }: { clock: Clock; emergency: string | null }): SampleSources => {
  const next = random(7);
  const emergency = kind !== null;
  const now = clock.now();
  const live: LiveValues = { value: new Float64Array(plant.tags.length), at: new Float64Array(plant.tags.length).fill(now - 400), quality: new Float64Array(plant.tags.length) };
  plant.tags.forEach((tag, i) => {
    const [low, high] = tag.normal ?? tag.range;
    live.value[i] = tag.states === undefined ? low + (high - low) * (0.35 + 0.3 * next()) : Math.round(low);
    if (tag.id === plant.weather.windSpeed) live.value[i] = 3.4;
    if (tag.id === plant.weather.windDirection) live.value[i] = 205;
  });
  const people: PeoplePositions = { x: new Float64Array(plant.people.length), y: new Float64Array(plant.people.length), z: new Float64Array(plant.people.length), at: new Float64Array(plant.people.length).fill(now), accuracy: new Float64Array(plant.people.length).fill(Number.NaN) };
  plant.people.forEach((_, i) => {
    const node = plant.walkways.nodes[Math.floor(next() * plant.walkways.nodes.length)]!.position;
    people.x[i] = node[0] + (next() - 0.5) * 8;
    people.y[i] = node[1] + (next() - 0.5) * 8;
  });
  const positions = writable(people);
  const emergencies = writable<readonly Emergency[]>(kind === null ? [] : [kind === 'fire' ? fire(plant, now) : release(plant, { now, people })]);
  return {
    values: writable(live),
    people: positions,
    wind: writable<TwinWind | null>({ speed: 3.4, fromDegrees: 205 }),
    zoneRisks: writable(zoneRisks(plant, { now, emergency, next })),
    riskField: writable<RiskField | null>(riskField(plant, now)),
    emergencies,
    alarms: writable(alarms(plant, { now, emergency })),
    cameraEvents: writable<readonly CameraEvent[]>(emergency ? [] : plant.cameras.slice(0, 1).map(({ id }): CameraEvent => ({ id: 'seen-1', camera: id, kind: 'no-helmet', text: { zh: '未戴安全帽', en: 'No helmet' }, person: null, confidence: 0.92, firstAt: now, lastAt: now, count: 3, position: null, evidence: null }))),
    put: {
      people(change) {
        change(people);
        positions.set({ ...people });
      },
      emergencies: emergencies.set,
    },
  };
};

const zoneRisks = (plant: PlantModel, { now, emergency, next }: { now: number; emergency: boolean; next: () => number }): ZoneRisk[] =>
  plant.zones.map(({ id, grade }) => {
    const index = emergency && id === 'Z-AR' ? 88 : { major: 58, considerable: 42, general: 26, low: 11 }[grade] + next() * 8;
    return { zone: id, at: now, index, grade: index > 75 ? 'major' : index > 50 ? 'considerable' : index > 25 ? 'general' : 'low', staticGrade: grade, factors: { people: 4, machine: 12, environment: 6, management: 8 }, causes: [], trend: 'steady', history: [], advice: null, people: 5 };
  });

const riskField = (plant: PlantModel, now: number): RiskField => {
  const [cell, margin] = [5, 60];
  const [nx, ny] = [Math.ceil((plant.site.width + 2 * margin) / cell), Math.ceil((plant.site.depth + 2 * margin) / cell)];
  const perYear = new Float32Array(nx * ny);
  const sources = plant.equipment.filter(({ inventory }) => inventory !== undefined);
  for (let j = 0; j < ny; j += 1) {
    for (let i = 0; i < nx; i += 1) {
      const [x, y] = [(i + 0.5) * cell - margin, (j + 0.5) * cell - margin];
      perYear[j * nx + i] = sources.reduce((sum, { position }) => {
        const away = Math.hypot(x - position[0], (y - position[1]) * 1.15);
        return sum + 4e-6 * Math.exp(-away / 22) + 2e-8 * Math.exp(-away / 70);
      }, 0);
    }
  }
  const grid = { x0: -margin, y0: -margin, cell, nx, ny, perYear, standing: perYear.map((value) => value / 2) };
  return { at: now, ...grid, outer: grid, model: 'sample', top: [], causes: [], computeMs: 0 };
};

const alarms = (plant: PlantModel, { now, emergency }: { now: number; emergency: boolean }): AlarmRow[] => {
  const wanted = [
    ['CH-K-201B', 'HI', 3, 'acknowledged'],
    ['MT-TK-101', 'HI', 4, 'acknowledged'],
    ...(emergency ? ([['AR-V-102A', 'HIHI', 1, 'unacknowledged'], ['AR-P-101A', 'LO', 2, 'unacknowledged'], ['CH-K-201A', 'HI', 2, 'unacknowledged']] as const) : []),
  ] as const;
  const gas = emergency ? plant.detectors.filter(({ zone, kind }) => zone === 'Z-AR' && kind === 'gas').slice(0, 4) : [];
  const row = (tag: string, equipment: string, rest: { kind: string; priority: 1 | 2 | 3 | 4; state: AlarmRow['state'] }): AlarmRow => ({ id: `${tag}/${rest.kind}`, tag, equipment, zone: '', ...rest, message: { zh: '报警', en: 'alarm' }, place: { zh: '', en: '' }, value: 1, limit: 1, unit: '1', raisedAt: now, seenAt: now, changedAt: now, acknowledgedBy: null, acknowledgedAt: null, shelvedUntil: null, shelvedBy: null, shelveReason: null, suppressedBy: null, outOfServiceBy: null, outOfServiceReason: null, firstOut: null, group: null, source: null, isStale: false, count: 1, cause: null, consequence: null, action: null, respondWithinS: null });
  return [
    ...wanted.flatMap(([equipment, kind, priority, state]) => {
      const tag = plant.tags.find((candidate) => candidate.equipment === equipment);
      return tag === undefined ? [] : [row(tag.id, equipment, { kind, priority, state })];
    }),
    ...gas.map(({ tag }) => row(tag, plant.tags.find(({ id }) => id === tag)?.equipment ?? '', { kind: 'HIHI', priority: 1, state: 'unacknowledged' })),
  ];
};

const release = (plant: PlantModel, { now, people }: { now: number; people: PeoplePositions }): Emergency => {
  const item = plant.equipment.find(({ id }) => id === 'AR-V-102A') ?? plant.equipment[0]!;
  const source: [number, number] = [item.position[0], item.position[1]];
  const to = Math.atan2(-Math.cos((205 * Math.PI) / 180), -Math.sin((205 * Math.PI) / 180));
  const ring = (length: number, width: number): Point[] =>
    Array.from({ length: 72 }, (_, i) => {
      const angle = (i / 72) * 2 * Math.PI;
      const along = (length / 2) * (1 + Math.cos(angle)) - length * 0.04;
      const across = width * Math.sin(angle) * (0.45 + 0.55 * Math.sqrt(Math.max(0, along / length)));
      return [source[0] + along * Math.cos(to) - across * Math.sin(to), source[1] + along * Math.sin(to) + across * Math.cos(to)];
    });
  const contour = (name: string, rest: { severity: 1 | 2 | 3; level: number; length: number; width: number }): HazardContour => ({ name, severity: rest.severity, level: rest.level, unit: 'ppm', rings: [new Float64Array(ring(rest.length, rest.width).flat())] });
  const outer = ring(300, 70);
  const inside = plant.people.flatMap(({ id }, i) => (contains(outer, people.x[i]!, people.y[i]!) ? [{ person: id, severity: 1 as const }] : []));
  const nodes = new Map(plant.walkways.nodes.map((node) => [node.id, node.position]));
  const closedEdges = plant.walkways.edges.filter(({ from, to: end }) => [from, end].every((id) => contains(outer, ...nodes.get(id)!)));
  const shut = new Set(closedEdges.map(({ id }) => id));
  const usable = plant.muster.filter(({ node }) => !contains(outer, ...nodes.get(node)!));
  const routes = inside.slice(0, 14).flatMap(({ person }, n) => {
    const i = plant.people.findIndex(({ id }) => id === person);
    const path = wayOut(plant, { from: [people.x[i]!, people.y[i]!], shut, goals: usable.map(({ node }) => node) });
    return path === null ? [] : [{ id: `route-${n}`, people: [person], muster: usable[0]!.id, path: new Float64Array(path.flat()), edges: [], escapeEdges: [], lengthM: 0, arrivalS: 0, dose: 0, replanned: 0, plannedAt: 0, each: [{ arrivalS: 0, dose: 0 }], ahead: null }];
  });
  return {
    id: 'emergency-1', state: 'confirmed', kind: 'gas', title: { zh: '氨泄漏', en: 'Ammonia release' }, zone: item.zone, equipment: item.id, since: now, confirmedAt: now, confirmedBy: 'demo', updatedAt: now,
    plume: { at: now, model: 'Gaussian 1.2', substance: 'ammonia', source, sourceSpreadM: 6, rateKgS: { p10: 0.9, p50: 1.8, p90: 3.1 }, wind: { speed: 3.4, fromDegrees: 205 }, stability: 'D', contours: [contour('AEGL-1', { severity: 1, level: 30, length: 300, width: 70 }), contour('AEGL-2', { severity: 2, level: 160, length: 170, width: 38 }), contour('AEGL-3', { severity: 3, level: 1_100, length: 75, width: 17 })], outer: [contour('AEGL-1', { severity: 1, level: 30, length: 390, width: 92 })] },
    inside, routes, shelter: [], muster: plant.muster.map(({ id, capacity }, i) => ({ muster: id, expected: Math.round(capacity / 5), arrived: Math.round(capacity / 9), missing: i === 0 ? inside.slice(-3).map(({ person }) => person) : [], silent: [], oldestS: 5, usable: true })), closedEdges: closedEdges.map(({ id }) => id), closingEdges: [], blockedEdges: [], rescue: null,
    planned: null, actions: [], incident: null,
  };
};

const fire = (plant: PlantModel, now: number): Emergency => {
  const tank = plant.equipment.find(({ kind }) => kind === 'storage-tank')!;
  const source: [number, number] = [tank.position[0], tank.position[1]];
  const ring = (radius: number) => new Float64Array(Array.from({ length: 60 }, (_, i) => [source[0] + Math.cos((i / 60) * 2 * Math.PI) * radius * 0.9 + radius * 0.15, source[1] + Math.sin((i / 60) * 2 * Math.PI) * radius + radius * 0.3]).flat());
  const contour = (severity: 1 | 2 | 3, rest: { level: number; radius: number }): HazardContour => ({ name: `${rest.level} kW/m²`, severity, level: rest.level, unit: 'kW/m2', rings: [ring(rest.radius)] });
  return { ...release(plant, { now, people: { x: new Float64Array(plant.people.length), y: new Float64Array(plant.people.length), z: new Float64Array(0), at: new Float64Array(0), accuracy: new Float64Array(0) } }), kind: 'fire', routes: [], closedEdges: [], inside: [], plume: { at: now, model: 'sample', substance: 'gasoline', source, sourceSpreadM: 4, rateKgS: { p10: 8, p50: 11, p90: 15 }, wind: { speed: 3, fromDegrees: 205 }, stability: 'D', contours: [contour(3, { level: 12.5, radius: 22 }), contour(2, { level: 4.7, radius: 38 }), contour(1, { level: 1.6, radius: 60 })], outer: [] } };
};

/** Shortest way over open edges from the node nearest to a point to any goal. */
const wayOut = (plant: PlantModel, { from, shut, goals }: { from: Point; shut: ReadonlySet<string>; goals: readonly string[] }): Point[] | null => {
  const nodes = new Map(plant.walkways.nodes.map((node) => [node.id, node.position as Point]));
  const nearest = [...nodes].sort(([, a], [, b]) => Math.hypot(a[0] - from[0], a[1] - from[1]) - Math.hypot(b[0] - from[0], b[1] - from[1]))[0]![0];
  const cost = new Map([[nearest, 0]]);
  const before = new Map<string, string>();
  const open = new Set([nearest]);
  while (open.size > 0) {
    const current = [...open].reduce((a, b) => (cost.get(b)! < cost.get(a)! ? b : a));
    open.delete(current);
    if (goals.includes(current)) {
      const path: Point[] = [];
      for (let node: string | undefined = current; node !== undefined; node = before.get(node)) path.unshift(nodes.get(node)!);
      return [from, ...path];
    }
    for (const { id, from: a, to: b } of plant.walkways.edges) {
      if (a !== current && b !== current) continue;
      const other = a === current ? b : a;
      const length = Math.hypot(nodes.get(a)![0] - nodes.get(b)![0], nodes.get(a)![1] - nodes.get(b)![1]) * (shut.has(id) ? 3 : 1);
      if (cost.get(current)! + length < (cost.get(other) ?? Number.POSITIVE_INFINITY)) {
        cost.set(other, cost.get(current)! + length);
        before.set(other, current);
        open.add(other);
      }
    }
  }
  return null;
};

