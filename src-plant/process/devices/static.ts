import { levelOf, type Vessel } from '../inventory.ts';
import { drift } from '../random.ts';
import { densityOf, MOST_PER_SECOND } from '../world.ts';
import { lagged, regulated, usualUpset, type Device, type Step } from './device.ts';

const perHour = (device: Device, kgPerS: number): number => (kgPerS / densityOf(device.item)) * 3600;

/** An atmospheric tank: level and flows from the mass balance, temperatures from the sun and any fire, breathing from both. */
export const tank = (device: Device, vessel: Vessel): Step => {
  const { world, item } = device;
  const [x, y, z] = item.position;
  const usual = device.design('TT2').mid;
  const mass = lagged(usual + device.random.between(-2, 2), 40_000);
  const [upper, roof] = [lagged(usual + 1, 500), lagged(usual + 2, 45)];
  /** Insulated, kept cold by its unit. */
  const cooled = usual < 12;
  const second = device.random.between(-0.12, 0.12);
  const breath = drift(device.random.fork('breath'), 200, 0.06);
  const water = device.random.between(30, 75);
  return (dt) => {
    const level = levelOf(vessel);
    const [wide, high] = [item.size[0] / 2, z + item.size[2]];
    const own = world.fires.burning.find(({ equipment }) => equipment === item.id);
    const flux = own === undefined ? Math.max(world.fires.flux(x + wide, y, high), world.fires.flux(x - wide, y, high), world.fires.flux(x, y - wide, high), world.fires.flux(x, y + wide, high)) : 0;
    const sun = world.weather.radiation / 1000;
    const bulk = mass(cooled ? usual : world.weather.temperature - 1, dt);
    const surface = roof(own === undefined ? (cooled ? usual + 3 : world.weather.temperature) + 11 * sun + 24 * flux : 385, dt);
    device.set('LT1', level);
    device.set('LT2', level + second);
    device.set('TT1', bulk - 0.8);
    device.set('TT2', bulk + (upper(bulk, 0) - bulk) * 0.2);
    device.set('TT3', upper(own === undefined ? bulk + 1 + 1.6 * flux : 96, dt));
    device.set('TT4', surface);
    device.set('PT1', own === undefined ? 0.8 + breath(dt) + 0.0016 * (vessel.inflow - vessel.outflow) + 0.09 * flux : 0.02);
    device.set('FT1', perHour(device, vessel.inflow));
    device.set('FT2', perHour(device, vessel.outflow));
    device.set('WLT', water);
    device.set('LSH', level > 94 ? 1 : 0);
    device.set('XV', 1);
  };
};

/** An LPG sphere: pressure follows the liquid's vapour pressure, which the sun and any fire raise. */
export const sphere = (device: Device, vessel: Vessel): Step => {
  const { world, item } = device;
  const [x, y, z] = item.position;
  const liquid = lagged(21 + device.random.between(-1, 1), 30_000);
  const shell = lagged(25, 60);
  const second = device.random.between(-0.12, 0.12);
  return (dt) => {
    const flux = world.fires.flux(x, y, z + item.size[2]);
    const temperature = liquid(world.weather.temperature + 0.5 + 6 * flux, dt);
    const skin = shell(world.weather.temperature + (8 * world.weather.radiation) / 1000 + 18 * flux, dt);
    const pressure = 0.74 * Math.exp(0.026 * (temperature - 21)) + 0.0004 * (vessel.inflow - vessel.outflow);
    const level = levelOf(vessel);
    device.set('LT1', level);
    device.set('LT2', level + second);
    device.set('PT1', pressure);
    device.set('PT2', pressure + level * 0.0008);
    device.set('TT1', temperature - 0.5);
    device.set('TT2', temperature + 0.7);
    device.set('TT3', skin);
    device.set('FT1', perHour(device, vessel.inflow));
    device.set('FT2', perHour(device, vessel.outflow));
    device.set('SPR', 0.76 * world.units.get('FW')!.activity);
    device.set('LSH', level > 90 ? 1 : 0);
    device.set('XV', 1);
  };
};

/** A pressure vessel. A loss of liquid cools what is left (`chill`, °C) and takes its pressure along. */
export const pressureVessel = (device: Device, vessel: Vessel, chill: () => number): Step => {
  const { unit } = device;
  const pressure = device.design('PT1');
  const temperature = device.design('TT1');
  const [swing, warmth] = [drift(device.random.fork('swing'), 120, 0.25), drift(device.random.fork('warmth'), 300, 0.25)];
  const upsetBy = usualUpset(device, { kind: 'pressure', unit: 'MPa', id: `${device.item.id}.PT1` }).upset ?? 0;
  const second = device.random.between(-0.2, 0.2);
  /** A gas flow is not the liquid's outflow: it has a course of its own. */
  const gas = (device.design('FT1').mid / 3600) * densityOf(device.item) > MOST_PER_SECOND * vessel.capacityKg ? regulated(device, 'FT1', { activity: true }) : undefined;
  const demister = regulated(device, 'PDT', { activity: true });
  return (dt) => {
    const cold = chill();
    const level = levelOf(vessel);
    device.set('LT1', level);
    device.set('LT2', level + second);
    device.set('PT1', (pressure.mid + pressure.half * (swing(dt) + upsetBy * unit.upset)) * Math.exp(-0.031 * cold));
    device.set('TT1', temperature.mid + temperature.half * warmth(dt) - cold);
    if (gas === undefined) device.set('FT1', perHour(device, vessel.outflow));
    else gas(dt);
    device.set('LSH', level > 92 ? 1 : 0);
    demister(dt);
  };
};

/** An exchanger due for cleaning passes a third less heat at almost twice the pressure drop. */
const HEAT_LOST = 0.34;
const PRESSURE_GAINED = 0.8;

/** An exchanger: outlets follow inlets; the warm end follows the cooling water where there is some, and warms when flow is lost or it is fouled. */
export const exchanger = (device: Device): Step => {
  const { world, unit, item } = device;
  const rise = device.random.between(2.5, 6);
  const parts = [regulated(device, 'TT1', { upset: 0.6 }), regulated(device, 'FT1', { activity: true }), regulated(device, 'PDT', { activity: true }), regulated(device, 'PT1', { upset: rise * 0.6 })];
  const [out, inlet, end] = [device.design('TT2'), device.design('TT3'), device.design('TT4')];
  const cooled = inlet.mid > 20 && inlet.mid < 30;
  const [wander, other] = [drift(device.random.fork('wander'), 120, 0.2), drift(device.random.fork('other'), 120, 0.2)];
  const [hot, cold] = [lagged(out.mid, 40), lagged(end.mid, 40)];
  return (dt) => {
    for (const part of parts) part(dt);
    const shift = cooled ? world.coolingC - 26 : 0;
    const loaded = (world.load - 0.86) * 8;
    device.set('TT3', inlet.mid + shift + inlet.half * other(dt));
    const fouled = world.fouling.get(item.id) ?? 0;
    // The heat that no longer passes leaves with the hot side and is missing on the cold one; the same flow needs more pressure.
    const lost = HEAT_LOST * fouled;
    device.set('TT2', hot(out.mid + shift + loaded + lost * (device.design('TT1').mid - out.mid) + out.half * (wander(dt) + rise * unit.upset), dt));
    device.set('TT4', cold(end.mid + shift + loaded - lost * (end.mid - inlet.mid) + end.half * (other(dt) + 0.8 * rise * unit.upset), dt));
    device.set('PDT', device.get('PDT') * (1 + PRESSURE_GAINED * fouled));
  };
};

/** A switchboard or transformer: voltage is the grid's, current the motors'. */
export const electrical = (device: Device): Step => {
  const { world, item } = device;
  const design = (suffix: string) => device.design(suffix).mid;
  const serves = item.unit === 'PS' ? [...world.units.values()] : [device.unit];
  const wobble = drift(device.random.fork('wobble'), 40, 0.02);
  const sag = drift(device.random.fork('sag'), 20, 0.003);
  const [oil, winding, bar] = [lagged(design('TT1'), 1500), lagged(design('TT2'), 500), lagged(design('TT1'), 900)];
  return (dt) => {
    const activity = serves.reduce((sum, unit) => sum + unit.activity, 0) / serves.length;
    const load = activity * (world.load / 0.86) * (1 + wobble(dt)) * (world.grid > 0.2 ? 1 / Math.max(world.grid, 0.6) : 0);
    const outdoors = world.weather.temperature;
    device.set('VLT', design('VLT') * world.grid * (1 + sag(dt)));
    device.set('AMP', design('AMP') * load);
    device.set('KW', design('KW') * load * world.grid);
    device.set('BRK', 1);
    device.set('UPS', 0);
    if (item.kind === 'transformer') {
      device.set('TT1', oil(outdoors + 36 * (0.4 + 0.6 * load), dt));
      device.set('TT2', winding(outdoors + 50 * (0.4 + 0.6 * load), dt));
      device.set('GAS', 0);
    } else device.set('TT1', bar(outdoors + 20 * (0.4 + 0.6 * load), dt));
  };
};

/** The flare burns what its header brings; units that are upset relieve into it. */
export const flare = (device: Device): Step => {
  const { world } = device;
  const base = regulated(device, 'FT1');
  const tip = lagged(470, 8);
  return (dt) => {
    base(dt);
    const relief = ['AU', 'MR', 'LP', 'HS'].reduce((sum, id) => sum + 5200 * Math.max(0, (world.units.get(id)?.upset ?? 0) - 0.08), 0);
    const flow = device.get('FT1') + relief;
    device.set('FT1', flow);
    device.set('TT1', tip(470 + Math.min(420, flow * 0.045), dt));
    device.set('PT1', 4 + flow * 0.0035);
    device.set('FT2', 420 + flow * 0.18);
    for (const suffix of ['FLM1', 'FLM2', 'FLM3']) device.set(suffix, 1);
  };
};

/** Fire water in hydrants and monitors: the ring main's pressure. */
export const fireWaterPoint = (device: Device): Step => {
  const { world } = device;
  const wobble = drift(device.random.fork('wobble'), 60, 0.008);
  const distance = device.random.between(0, 0.03);
  const main = lagged(0.78, 90);
  return (dt) => {
    device.set('PT1', main(0.3 + 0.48 * world.units.get('FW')!.activity, dt) - distance + wobble(dt));
    device.set('ZT', 0);
  };
};

export const mast = (device: Device): Step => () => {
  const { weather } = device.world;
  device.set('WS', weather.windSpeed);
  device.set('WD', weather.windDirection);
  device.set('TT', weather.temperature);
  device.set('RH', weather.humidity);
  device.set('PA', weather.pressure);
  device.set('SR', weather.radiation);
  device.set('CC', weather.cloud);
  device.set('RN', weather.rain);
};

/** Shut-off valves stand open, control valves follow their loop; both live on instrument air. */
export const valve = (device: Device): Step => {
  const { world } = device;
  const air = drift(device.random.fork('air'), 120, 0.006);
  const supply = lagged(0.52, 60);
  const steps: Step[] = device.has('CMD') ? [regulated(device, 'CMD', { load: 0.8 })] : [];
  const follow = lagged(device.design('ZT').mid, 3);
  return (dt) => {
    for (const step of steps) step(dt);
    device.set('PT1', supply(0.3 + 0.22 * world.units.get('UT')!.activity, dt) + air(dt));
    device.set('ZT', device.has('CMD') ? follow(device.get('CMD'), dt) : 99.4);
    device.set('STA', 1);
  };
};
