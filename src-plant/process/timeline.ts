import type { PlantModel } from '../../src-shared/plant/index.ts';
import type { EventOf, Scenario, ScenarioEvent } from '../scenario.ts';
import type { Source } from './cloud.ts';
import type { Pace } from './devices/compressorTrain.ts';
import { BURNING_RATE, type Fire } from './fire.ts';
import type { Instrumentation } from './instrumentation.ts';
import type { Transfer } from './inventory.ts';
import type { People } from './people.ts';
import type { World } from './world.ts';

/** Plays a scenario's events on the plant. */
export type Timeline = {
  /** What is only there once everything else is built. */
  attach(to: { readonly people: People; readonly instrumentation: Instrumentation }): void;
  /** °C that a leaking vessel's liquid has cooled by its own flashing. */
  chillOf(equipment: string): number;
  step(dt: number): readonly Happening[];
};

type Setup = { readonly plant: PlantModel; readonly scenario: Scenario; readonly world: World; readonly paces: ReadonlyMap<string, Pace> };
/** What happened that is no value of a tag: the links tell of it or act on it. */
export type Happening = EventOf<'camera'> | EventOf<'show'> | EventOf<'cut'> | EventOf<'drop'> | EventOf<'silence'>;
/** Something that goes on for a while; returns false when it is over. */
type Ongoing = (dt: number, happened: Happening[]) => boolean;

export const createTimeline = ({ plant, scenario, world, paces }: Setup): Timeline => {
  const waiting = [...scenario.events].sort((a, b) => a.at - b.at);
  let ongoing: Ongoing[] = [];
  const chill = new Map<string, number>();
  let attached: Parameters<Timeline['attach']>[0] | undefined;
  let now = 0;
  const equipment = (id: string) => {
    const found = plant.equipment.find((item) => item.id === id);
    if (found === undefined) throw new RangeError(`scenario ${scenario.id}: no equipment ${id}`);
    return found;
  };
  const tagIndex = new Map(plant.tags.map(({ id }, i) => [id, i]));
  /** Runs until `forS` is over. */
  const lasting = (forS: number | undefined, run: (age: number, dt: number) => void, end: () => void): Ongoing => {
    let age = 0;
    return (dt) => {
      age += dt;
      if (age > (forS ?? Infinity)) {
        end();
        return false;
      }
      run(age, dt);
      return true;
    };
  };

  const leak = (event: Extract<ScenarioEvent, { do: 'leak' }>): Ongoing => {
    const item = equipment(event.equipment);
    const source: Source = { substance: event.substance, x: item.position[0] + event.offset[0], y: item.position[1] + event.offset[1], z: event.height, kgPerS: 0 };
    world.cloud.sources.push(source);
    const vessel = world.inventory.find(item.id);
    const start = vessel?.kg ?? 1;
    const drain: Transfer | undefined = vessel && world.inventory.transfer(vessel, undefined);
    return lasting(event.forS, (age, dt) => {
      const left = vessel === undefined ? 1 : Math.min(1, vessel.kg / (0.02 * start));
      const cold = chill.get(item.id) ?? 0;
      source.kgPerS = event.kgPerS * Math.min(1, age / Math.max(event.rampS, 0.1)) * Math.exp(-0.5 * 0.031 * cold) * left;
      if (drain !== undefined) drain.wanted = source.kgPerS;
      if (vessel !== undefined && item.inventory !== undefined && item.inventory.pressurePa > 150_000) chill.set(item.id, cold + (source.kgPerS * dt * LATENT) / (Math.max(vessel.kg, start * 0.1) * HEAT_CAPACITY));
    }, () => {
      world.cloud.sources.splice(world.cloud.sources.indexOf(source), 1);
      if (drain !== undefined) drain.wanted = 0;
    });
  };

  const fire = (event: Extract<ScenarioEvent, { do: 'fire' }>): Ongoing => {
    const item = equipment(event.equipment);
    const burning: Fire = { equipment: item.id, x: item.position[0], y: item.position[1], z: item.position[2] + item.size[2], area: 0 };
    world.fires.burning.push(burning);
    const vessel = world.inventory.find(item.id);
    const burned = vessel && world.inventory.transfer(vessel, undefined);
    return lasting(event.forS, (age) => {
      burning.area = event.area * Math.min(1, age / Math.max(event.rampS, 0.1));
      if (burned !== undefined) burned.wanted = burning.area * BURNING_RATE;
    }, () => {
      world.fires.burning.splice(world.fires.burning.indexOf(burning), 1);
      if (burned !== undefined) burned.wanted = 0;
    });
  };

  const foul = (event: Extract<ScenarioEvent, { do: 'foul' }>): Ongoing => {
    const { id } = equipment(event.equipment);
    const clean = world.fouling.get(id) ?? 0;
    return lasting(event.overS, (age) => void world.fouling.set(id, clean + ((event.share - clean) * age) / event.overS), () => void world.fouling.set(id, event.share));
  };

  const camera = (event: Extract<ScenarioEvent, { do: 'camera' }>): Ongoing => {
    let age = 0;
    let due = 0;
    return (dt, happened) => {
      age += dt;
      due -= dt;
      if (due <= 0) {
        happened.push(event);
        due += event.everyS;
      }
      return age < event.forS;
    };
  };

  const start = (event: ScenarioEvent, happened: Happening[]): Ongoing | undefined => {
    switch (event.do) {
      case 'leak': return leak(event);
      case 'fire': return fire(event);
      case 'foul': return foul(event);
      case 'fill': {
        const vessel = world.inventory.find(equipment(event.equipment).id);
        if (vessel === undefined) throw new RangeError(`scenario ${scenario.id}: ${event.equipment} holds nothing`);
        const inlet = world.inventory.transfer(undefined, vessel);
        return lasting(event.forS, () => (inlet.wanted = event.kgPerS), () => (inlet.wanted = 0));
      }
      case 'camera': return camera(event);
      case 'power-dip': return lasting(event.forS, () => (world.grid = event.to), () => (world.grid = 1));
      case 'instrument': {
        const index = tagIndex.get(event.tag);
        if (index === undefined) throw new RangeError(`scenario ${scenario.id}: no tag ${event.tag}`);
        return lasting(event.forS, () => attached?.instrumentation.fault(index, event.fault), () => attached?.instrumentation.fault(index, undefined));
      }
      case 'wind': world.weather.turn(event, event.overS); return undefined;
      case 'wear': for (const [id, pace] of paces) if (event.equipment === undefined || event.equipment === id) pace.hoursPerS = event.hoursPerS; return undefined;
      case 'restart': world.motors.restart(event.overS); return undefined;
      case 'send': attached?.people.send(event.person, event.to, event.forS); return undefined;
      case 'evacuate': attached?.people.evacuate(event.zones, event.withinS); return undefined;
      case 'show': case 'cut': case 'drop': case 'silence': happened.push(event); return undefined;
    }
  };

  return {
    attach: (to) => void (attached = to),
    chillOf: (id) => chill.get(id) ?? 0,
    step(dt) {
      now += dt;
      const happened: Happening[] = [];
      for (let event = waiting[0]; event !== undefined && event.at <= now; event = waiting[0]) {
        waiting.shift();
        const going = start(event, happened);
        if (going !== undefined) ongoing.push(going);
      }
      ongoing = ongoing.filter((each) => each(dt, happened));
      return happened;
    },
  };
};
/** J/kg to evaporate and J/(kg·K) to cool the liquefied gases of this plant (ammonia). */
const LATENT = 1.2e6;
const HEAT_CAPACITY = 4700;
