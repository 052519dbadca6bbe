import { deckTime, effectiveWidth, hydraulicCapacity, hydraulicFlow, hydraulicSpeed, LEVEL_K, smokeFactor, stairK, weidmannCapacity, weidmannFlow, weidmannSpeed } from '../../modules/evacuation/index.ts';
import { bare, evaluated, MissingInput, numberOf, numbersOf, optionalNumber, textOf, unsupported, type CaseAdapter, type Evaluation, type ReferenceCase } from './caseAdapter.ts';
import { buildingTime, counterflowTimes, doorTime, exitSplit, inSmoke, roomTime, setOffTimes, stairQueue, walkTime } from './evacuationScenes.ts';
import { quickestFlow, timedRouting } from './evacuationRouting.ts';
import { fedRates } from './evacuationDoses.ts';

type Inputs = ReferenceCase['inputs'];

/** Metres of a length that may be printed in inches or feet. */
const metres = (inputs: Inputs, ...names: readonly string[]): number => {
  for (const name of names) {
    const entry = inputs[name];
    const unit = typeof entry === 'object' && entry !== null && 'unit' in entry ? String(entry.unit) : '';
    const value = bare(entry);
    if (typeof value === 'number' && (unit === 'in' || unit === 'ft')) return value * (unit === 'in' ? 0.0254 : 0.3048);
  }
  return numberOf(inputs, ...names);
};

/** A quantity that the case accepts within a range: passed as itself inside it, as a sentence outside. */
const within = (name: string, got: number, range: unknown): Evaluation => {
  const limits = bare(range);
  if (!Array.isArray(limits) || limits.length !== 2) throw new MissingInput(`expected.${name} is no range`);
  const [low, high] = limits as [number, number];
  return evaluated({ [name]: got }, { expected: { [name]: got >= low && got <= high ? got : `${low} to ${high}` }, tolerance: { kind: 'exact', value: 0 } });
};

/** Orderings that the case states in words: whether each holds of what the engine computed; figures of other codes beside them are not judged. */
const orderings = (holds: Readonly<Record<string, boolean>>, why: string): Evaluation =>
  evaluated(holds, { expected: Object.fromEntries(Object.keys(holds).map((name) => [name, true])), tolerance: { kind: 'exact', value: 0 }, why });

const walking = ({ inputs, expected }: ReferenceCase): Evaluation => {
  const seconds = walkTime(numberOf(inputs, 'length', 'stair_length_along_slope', 'distance'), numberOf(inputs, 'free_speed', 'speed', 'walking_speed'));
  return Array.isArray(bare(expected['travel_time'])) ? within('travel_time', seconds, expected['travel_time']) : evaluated({ travel_time: seconds });
};

const fundamentalDiagram = ({ inputs, expected }: ReferenceCase): Evaluation => {
  const formula = 'formula' in inputs ? textOf(inputs, 'formula') : '';
  const densities = numbersOf(inputs, 'density', 'densities');
  if ('trend' in expected) {
    const flows = densities.map(weidmannFlow);
    const peak = flows.indexOf(Math.max(...flows));
    const isFalling = densities.every((density, i) => i === 0 || weidmannSpeed(density) <= weidmannSpeed(densities[i - 1]!));
    const { density } = weidmannCapacity();
    return orderings({ trend: isFalling && peak > 0 && peak < flows.length - 1 && density >= 1.2 && density <= 2 }, `Weidmann's diagram: the peak lies at ${density.toFixed(2)} p/m²`);
  }
  if (/exp/i.test(formula) || /weidmann/i.test(formula)) {
    const { flow, density } = weidmannCapacity();
    return evaluated({ speed: densities.map(weidmannSpeed), flow: densities.map(weidmannFlow), specific_flow: densities.map(weidmannFlow), max_specific_flow: flow, density_at_max: density });
  }
  if (/0\.266/.test(formula)) return evaluated({ speed: densities.map((density) => hydraulicSpeed(density, LEVEL_K)), flow: densities.map((density) => hydraulicFlow(density)), specific_flow: densities.map((density) => hydraulicFlow(density)), max_specific_flow: hydraulicCapacity(LEVEL_K) });
  return unsupported('the engine has the diagrams of Weidmann and of the hydraulic model');
};

const doorFlow = ({ inputs, expected }: ReferenceCase): Evaluation => {
  const specific = optionalNumber(inputs, 'Fs', 'specific_flow');
  if ('openings' in inputs) {
    const openings = bare(inputs['openings']);
    if (!Array.isArray(openings)) throw new MissingInput('inputs.openings is no list');
    return evaluated({ time: openings.map(([width, persons]: readonly [number, number]) => doorTime({ width, persons, boundary: numberOf(inputs, 'boundary_layer'), ...(specific === undefined ? {} : { specific }) }).seconds) });
  }
  const door = { width: metres(inputs, 'clear_width', 'door_width', 'width'), persons: numberOf(inputs, 'persons'), boundary: optionalNumber(inputs, 'boundary_layer') ?? 0, ...(specific === undefined ? {} : { specific }) };
  const { perSecond, seconds } = doorTime(door);
  if ('max_flow' in expected) {
    const most = Number(bare(expected['max_flow']));
    const flow = door.persons / seconds;
    return evaluated({ max_flow: flow }, { expected: { max_flow: flow <= most + 1e-9 ? flow : `at most ${most}` }, tolerance: { kind: 'exact', value: 0 } });
  }
  return evaluated({ effective_flow: perSecond, time: seconds });
};

/** `4 x 1 m, then 2 x 1 m` → exits of each case. */
const exitCounts = (words: string): readonly { readonly count: number; readonly width: number }[] => [...words.matchAll(/(\d+)\s*x\s*([\d.]+)\s*m/g)].map((found) => ({ count: Number(found[1]), width: Number(found[2]) }));

const exitCount = ({ inputs, expected }: ReferenceCase): Evaluation => {
  const [length = Number.NaN, width = Number.NaN] = [...textOf(inputs, 'room').matchAll(/[\d.]+/g)].map(Number);
  const persons = numberOf(inputs, 'persons');
  const times = exitCounts(textOf(inputs, 'exits')).map((exits) => roomTime({ length, width, persons, exits: exits.count, exitWidth: exits.width }));
  const [first, second] = times;
  if (first === undefined || second === undefined) throw new MissingInput('inputs.exits does not state two numbers of exits');
  const ratio = second / first;
  const name = Object.keys(expected).find((key) => key.startsWith('ratio')) ?? 'ratio';
  return { ...within(name, ratio, expected['accepted']), why: `${first.toFixed(0)} s and ${second.toFixed(0)} s` } as Evaluation;
};

const exitChoice = ({ inputs, expected }: ReferenceCase): Evaluation => {
  if (!('nearest_exit_share' in expected)) return unsupported('the engine leads people by one plan; it does not play rounds of best response');
  const { nearer, farther } = exitSplit(numberOf(inputs, 'persons'));
  return orderings({ nearest_exit_share: nearer > farther, second_exit_share: farther > 0 }, `${nearer} to the nearer exit, ${farther} to the other`);
};

const stairs = ({ inputs, expected }: ReferenceCase): Evaluation => {
  if ('relation' in expected) {
    const { stairFlow, corridorFlow, growing } = stairQueue(numberOf(inputs, 'persons'), numberOf(inputs, 'speed_up_mean'));
    return orderings({ relation: stairFlow < corridorFlow && growing }, `stair ${stairFlow.toFixed(2)} p/s, corridor ${corridorFlow.toFixed(2)} p/s`);
  }
  const [rise = Number.NaN, run = Number.NaN] = numbersOf(inputs, 'rise_run_mm', 'rise_run');
  const k = stairK(rise, run);
  const speed = hydraulicSpeed(0, k);
  return evaluated({ k, speed_low_density: speed, effective_flow: hydraulicCapacity(k) * effectiveWidth(metres(inputs, 'width')), single_person_time: walkTime(metres(inputs, 'length_along_slope', 'length'), speed) });
};

const counterflow = ({ inputs }: ReferenceCase): Evaluation => {
  const times = counterflowTimes(numberOf(inputs, 'persons_right'), numbersOf(inputs, 'persons_left'));
  return orderings({ relation: times.every((time, i) => i === 0 || time > times[i - 1]!) }, `${times.map((time) => time.toFixed(0)).join(', ')} s`);
};

const building = ({ inputs, expected }: ReferenceCase): Evaluation => {
  if ('rows' in inputs) {
    const factor = numberOf(inputs, 'factor');
    const rows = Object.entries(bare(inputs['rows']) as Readonly<Record<string, readonly number[]>>);
    return evaluated(Object.fromEntries(rows.map(([name, parts]) => [name, deckTime(parts, factor, 0)])));
  }
  if ('max_density' in inputs) {
    const flows = numbersOf(inputs, 'max_density').map((density) => hydraulicFlow(density));
    return orderings({ 'time rises with density': flows.every((flow, i) => i === 0 || flow < flows[i - 1]!) }, `flow out of a queue at those densities ${flows.map((flow) => flow.toFixed(2)).join(', ')} p/(m s)`);
  }
  const time = buildingTime({ persons: numberOf(inputs, 'persons'), stairs: numberOf(inputs, 'stairs'), stairWidth: metres(inputs, 'stair_width'), doorWidth: metres(inputs, 'door_width'), distance: metres(inputs, 'distance') });
  const { time: guide } = expected;
  return evaluated({ time }, { expected: { time: guide } });
};

const smoke = ({ inputs, expected }: ReferenceCase): Evaluation => {
  if ('speed_factor' in expected) return evaluated({ speed_factor: numbersOf(inputs, 'K', 'extinction').map(smokeFactor) });
  const length = numberOf(inputs, 'length');
  const speeds = bare(inputs['free_speed']);
  if (typeof speeds !== 'object' || speeds === null) throw new MissingInput('inputs.free_speed is no table');
  return evaluated(Object.fromEntries(Object.entries(speeds as Readonly<Record<string, number>>).map(([name, speed]) => [name, Object.fromEntries(Object.keys((expected[name] ?? {}) as object).map((key) => [key, inSmoke({ length, speed, extinction: Number(key.replace(/^K/, '')) })]))])));
};

export const evacuationAdapters: readonly CaseAdapter[] = [
  { kinds: ['walking', 'stair-walking'], evaluate: walking },
  { kinds: ['fundamental-diagram'], evaluate: fundamentalDiagram },
  { kinds: ['door-flow'], evaluate: doorFlow },
  { kinds: ['exit-count'], evaluate: exitCount },
  { kinds: ['exit-choice'], evaluate: exitChoice },
  { kinds: ['stairs'], evaluate: stairs },
  { kinds: ['pre-movement'], evaluate: ({ inputs }) => evaluated({ movement_start: setOffTimes(numbersOf(inputs, 'reaction_times', 'pre_movement')) }) },
  { kinds: ['counterflow'], evaluate: counterflow },
  { kinds: ['building'], evaluate: building },
  { kinds: ['smoke'], evaluate: smoke },
  { kinds: ['tenability'], evaluate: fedRates },
  { kinds: ['quickest-flow'], evaluate: quickestFlow },
  { kinds: ['routing'], evaluate: timedRouting },
];
