import { contains, type Point } from '../../src-shared/kernel/index.ts';
import type { PlantModel, SubstanceId } from '../../src-shared/plant/index.ts';
import { crewOf, type Crew } from '../model/people.ts';
import { isCombustible, lelPercentOf, ppmOf } from './cloud.ts';
import type { Random } from './random.ts';
import { createRoutes, pathTo } from './routes.ts';
import type { World } from './world.ts';

/** Where everyone is and how their hearts beat; columns by the plant model's order of people. */
export type People = {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly heartRate: Float64Array;
  step(dt: number): void;
  /** Sends one person to a place for some time. */
  send(person: string, to: readonly [number, number], forS: number): void;
  /** What their wearable tells a person: the corners of the way to go; without any they do as they think best. */
  tell(person: string, way: readonly Point[]): void;
  /** The siren: everyone in these zones (everywhere without) walks to a muster point after up to `withinS`. */
  evacuate(zones: readonly string[] | undefined, withinS: number): void;
};

type Walker = { readonly crew: Crew; readonly random: Random; readonly pulse: number; node: number; path: number[]; spot: readonly [number, number]; dwell: number; pace: number; leaving: number; exposed: number; haven: boolean; /** Neither hears the siren nor heeds the wearable. */ readonly isDeaf: boolean; told: readonly Point[] | null };
const NOTICE: Partial<Record<SubstanceId, number>> = { ammonia: 30, chlorine: 1, benzene: 300, 'hydrogen-sulphide': 5 };

export const createPeople = (plant: PlantModel, world: World, random: Random, deafShare = 0): People => {
  const routes = createRoutes(plant.walkways);
  const polygons = new Map(plant.zones.map(({ id, polygon }) => [id, polygon]));
  const inZone = (zone: string, node: number) => contains(polygons.get(zone) ?? [], routes.x[node]!, routes.y[node]!);
  const isIndoor = routes.ids.map((id) => id.startsWith('I-'));
  const outdoors = (node: number) => !isIndoor[node];
  const musters = plant.muster.map(({ node }) => routes.ids.indexOf(node));
  const places = new Map(plant.zones.map(({ id }) => [id, plant.equipment.filter(({ zone }) => zone === id).map(({ position }) => ({ node: routes.nearest(position[0], position[1], outdoors), near: position }))]));
  const rooms = new Map(plant.zones.map(({ id }) => [id, routes.ids.flatMap((_, node) => (isIndoor[node] && inZone(id, node) ? [node] : []))]));

  /** Zones that the siren has closed: nobody goes there to work any more. */
  const closed = new Set<string>();

  /** A node to work at and the spot beside it, for a crew's habit. */
  const task = ({ crew, random: chance }: Pick<Walker, 'crew' | 'random'>): { readonly node: number; readonly spot: readonly [number, number]; readonly dwell: number } => {
    const open = crew.zones.filter((each) => !closed.has(each));
    const zone = chance.pick(open.length > 0 ? open : ['Z-CB']);
    const own = rooms.get(zone) ?? [];
    const work = places.get(zone) ?? [];
    const stays = crew.habit === 'room' ? chance.next() < 0.88 : crew.habit === 'site' && work.length === 0;
    if ((stays || work.length === 0) && own.length > 0) {
      const node = chance.pick(own);
      return { node, spot: [routes.x[node]! + chance.between(-6, 6), routes.y[node]! + chance.between(-5, 5)], dwell: chance.between(240, 1500) };
    }
    const { node, near } = chance.pick(work);
    const [dx, dy] = [near[0] - routes.x[node]!, near[1] - routes.y[node]!];
    const reach = Math.min(2, Math.hypot(dx, dy) * 0.4) / Math.max(Math.hypot(dx, dy), 0.1);
    const dwell = crew.habit === 'rounds' ? chance.between(20, 110) : crew.habit === 'driver' ? chance.between(400, 1200) : chance.between(200, 900);
    return { node, spot: [routes.x[node]! + dx * reach + chance.between(-0.6, 0.6), routes.y[node]! + dy * reach + chance.between(-0.6, 0.6)], dwell };
  };

  const walkers = plant.people.map((person, i): Walker => {
    const own = { crew: crewOf(i), random: random.fork(person.id) };
    const { node, spot, dwell } = task(own);
    return { ...own, pulse: own.random.between(-8, 10), node, path: [], spot, dwell: dwell * own.random.next(), pace: own.random.between(1.1, 1.4), leaving: Infinity, exposed: 0, haven: false, isDeaf: random.fork(`${person.id}/heeds`).next() < deafShare, told: null };
  });
  const x = Float64Array.from(walkers, ({ spot }) => spot[0]);
  const y = Float64Array.from(walkers, ({ spot }) => spot[1]);
  const heartRate = Float64Array.from(walkers, ({ pulse }) => 76 + pulse);

  /** How noticeable the air is: 1 where a person smells it or their device warns. */
  const nuisance = (px: number, py: number, indoor: boolean): number => {
    if (world.cloud.isClear) return 0;
    const substances = new Set(world.cloud.sources.map(({ substance }) => substance));
    let worst = 0;
    for (const substance of substances) {
      const there = world.cloud.concentration(px, py, 1.5, (other) => other === substance) * (indoor ? 0.08 : 1);
      const limit = NOTICE[substance];
      worst = Math.max(worst, limit === undefined ? (isCombustible(substance) ? lelPercentOf(substance, there) / 15 : 0) : ppmOf(substance, there) / limit);
    }
    return worst;
  };

  /** The way to the muster point that is cheapest when gas and heat on the way count, and that does not lie downwind of a leak. */
  const flee = (walker: Walker): void => {
    const air = new Map<number, number>();
    const { cost, before } = routes.from(walker.node, (node) => {
      let weight = air.get(node);
      if (weight === undefined) {
        weight = 1 + 8 * Math.min(3, nuisance(routes.x[node]!, routes.y[node]!, false)) + 4 * Math.min(4, world.fires.flux(routes.x[node]!, routes.y[node]!, 1.5));
        air.set(node, weight);
      }
      return weight;
    });
    const heading = ((world.weather.windDirection + 180) * Math.PI) / 180;
    const downwind = (node: number) => world.cloud.sources.some((source) => {
      const [dx, dy] = [routes.x[node]! - source.x, routes.y[node]! - source.y];
      return (dx * Math.sin(heading) + dy * Math.cos(heading)) / Math.hypot(dx, dy) > 0.7;
    });
    const allowed = musters.filter((node) => !downwind(node));
    const goal = (allowed.length > 0 ? allowed : musters).reduce((best, node) => (cost[node]! < cost[best]! ? node : best));
    walker.path = pathTo(before, goal);
    walker.spot = [routes.x[goal]! + walker.random.between(-3, 3), routes.y[goal]! + walker.random.between(-3, 3)];
    walker.haven = true;
    walker.leaving = Infinity;
  };

  /** Along the told way from where it is nearest; its last corner is the muster point. */
  const follow = (walker: Walker, i: number, way: readonly Point[]): void => {
    const here = [x[i]!, y[i]!] as const;
    const away = way.map((corner, k) => awayFromSegment(here, way[Math.max(0, k - 1)]!, corner));
    const ahead = way.slice(away.lastIndexOf(Math.min(...away)));
    // Where they stand and step onto the way are corners too, and no places of the graph.
    const path = ahead.flatMap(([cx, cy]) => {
      const node = routes.nearest(cx, cy);
      return Math.hypot(routes.x[node]! - cx, routes.y[node]! - cy) < 0.5 ? [node] : [];
    });
    const [gx, gy] = way.at(-1)!;
    Object.assign(walker, { path, spot: [gx + walker.random.between(-3, 3), gy + walker.random.between(-3, 3)], haven: true, told: null, leaving: Infinity });
  };

  const walk = (walker: Walker, i: number, dt: number): void => {
    let left = dt * walker.pace * (walker.haven ? 1.5 : 1);
    while (left > 0) {
      const next = walker.path[0];
      const [tx, ty] = next === undefined ? walker.spot : [routes.x[next]!, routes.y[next]!];
      const gap = Math.hypot(tx - x[i]!, ty - y[i]!);
      if (gap > left) {
        x[i]! += ((tx - x[i]!) * left) / gap;
        y[i]! += ((ty - y[i]!) * left) / gap;
        return;
      }
      [x[i], y[i]] = [tx, ty];
      left -= gap;
      if (next === undefined) return;
      walker.node = next;
      walker.path.shift();
    }
  };
  const isAtSpot = (walker: Walker, i: number) => walker.path.length === 0 && Math.hypot(walker.spot[0] - x[i]!, walker.spot[1] - y[i]!) < 0.1;

  return {
    x,
    y,
    heartRate,
    step(dt) {
      walkers.forEach((walker, i) => {
        walker.leaving -= dt;
        const disturbed = walker.haven ? 0 : Math.max(nuisance(x[i]!, y[i]!, isIndoor[walker.node] ?? false), world.fires.flux(x[i]!, y[i]!, 1.5) / 1.6);
        walker.exposed = disturbed >= 1 ? walker.exposed + dt : Math.max(0, walker.exposed - dt);
        const isDue = walker.leaving <= 0 || (!walker.haven && walker.exposed > 4);
        if (isDue && walker.told !== null) follow(walker, i, walker.told);
        else if (isDue && !walker.haven) flee(walker);
        const moving = !isAtSpot(walker, i);
        if (moving) walk(walker, i, dt);
        else if (!walker.haven) {
          walker.dwell -= dt;
          if (walker.dwell <= 0) {
            const { node, spot, dwell } = task(walker);
            Object.assign(walker, { path: pathTo(routes.from(walker.node).before, node), spot, dwell });
          }
        }
        const effort = walker.haven && moving ? 58 : moving ? 28 : isIndoor[walker.node] ? 2 : 12;
        const heat = Math.max(0, world.weather.temperature - 28);
        const wanted = 70 + walker.pulse + effort + heat + Math.min(20, 8 * disturbed);
        heartRate[i]! += ((wanted - heartRate[i]!) * dt) / (dt + 25) + 0.6 * Math.sqrt(dt) * walker.random.normal();
      });
    },
    send(person, to, forS) {
      const i = plant.people.findIndex(({ id }) => id === person);
      const walker = walkers[i];
      if (walker === undefined || walker.haven) return;
      const node = routes.nearest(to[0], to[1]);
      Object.assign(walker, { path: pathTo(routes.from(walker.node).before, node), spot: to, dwell: forS });
    },
    tell(person, way) {
      const walker = walkers[plant.people.findIndex(({ id }) => id === person)];
      if (walker === undefined || walker.isDeaf || way.length === 0) return;
      // Who is on their way already turns at once, others put down what they hold first.
      Object.assign(walker, { told: way, leaving: walker.haven ? 1 : walker.random.between(3, 12) });
    },
    evacuate(zones, withinS) {
      for (const { id } of plant.zones) if (zones?.includes(id) ?? true) closed.add(id);
      walkers.forEach((walker, i) => {
        const isIn = (zone: string) => contains(polygons.get(zone) ?? [], x[i]!, y[i]!) || contains(polygons.get(zone) ?? [], walker.spot[0], walker.spot[1]);
        const inside = zones === undefined || zones.some(isIn);
        if (inside && !walker.haven && !walker.isDeaf && walker.told === null) walker.leaving = Math.min(walker.leaving, walker.random.between(2, Math.max(2.1, withinS)));
      });
    },
  };
};

/** m from a place to a segment. */
const awayFromSegment = ([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number => {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length));
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
};
