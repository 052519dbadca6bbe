import { drift } from '../random.ts';
import { lagged, type Device, type Step } from './device.ts';

/** A centrifugal pump: head falls with the square of flow, current rises with flow, metal warms with current. */
export const pump = (device: Device): Step => {
  const { world, item } = device;
  const [q, suction, discharge, amps] = ['FT1', 'PT1', 'PT2', 'AMP'].map((suffix) => device.design(suffix).mid) as [number, number, number, number];
  const lift = discharge - suction;
  const shut = 1.16;
  const built = { vibration: device.random.between(1.0, 1.9), other: device.random.between(0.9, 1.7), hot: device.random.between(-4, 4), seal: device.random.between(0.4, 0.9) };
  const wobble = drift(device.random.fork('wobble'), 40, 0.03);
  const [bearing, otherBearing, winding] = [lagged(device.design('TT1').mid, 500), lagged(device.design('TT2').mid, 500), lagged(device.design('TT3').mid, 700)];
  return (dt) => {
    const speed = world.motors.speed(item.id);
    const share = (world.demand.get(item.id) ?? world.load / 0.86) * (1 + wobble(dt));
    const flow = speed > 0.05 ? Math.max(0.12, Math.min(1.25, share)) * speed : 0;
    const suctionNow = suction * (1 + 0.04 * (1 - flow));
    const current = amps * speed * (0.52 + 0.48 * flow);
    const outdoors = world.weather.temperature;
    device.set('FT1', q * flow);
    device.set('PT1', suctionNow);
    device.set('PT2', suctionNow + lift * speed * speed * (shut - (shut - 1) * flow * flow));
    device.set('AMP', current);
    device.set('KW', current * 0.5);
    device.set('VIB', speed * (built.vibration + 0.9 * Math.abs(flow - 1) ** 1.5) + 0.04);
    device.set('VIB2', speed * (built.other + 0.7 * Math.abs(flow - 1) ** 1.5) + 0.04);
    device.set('TT1', bearing(outdoors + speed * (24 + built.hot + 6 * flow), dt));
    device.set('TT2', otherBearing(outdoors + speed * (22 + built.hot + 6 * flow), dt));
    device.set('TT3', winding(outdoors + speed * (34 + 16 * flow), dt));
    device.set('PT3', 0.2 + 0.02 * speed);
    device.set('LT1', 60 - 8 * built.seal);
    device.set('RUN', world.motors.state(item.id));
  };
};

/** A packaged air or hydrogen compressor with its own control. */
export const packagedCompressor = (device: Device): Step => {
  const { world, item } = device;
  const design = (suffix: string) => device.design(suffix).mid;
  const wobble = drift(device.random.fork('wobble'), 60, 0.02);
  const shake = device.random.between(1.6, 2.6);
  const [hot, metal, oil, water] = [lagged(design('TT2'), 60), lagged(design('BT1'), 400), lagged(design('OTT'), 300), lagged(design('CW2'), 60)];
  return (dt) => {
    const speed = world.motors.speed(item.id);
    const load = (world.load / 0.86) * (1 + wobble(dt));
    const outdoors = world.weather.temperature;
    device.set('PT1', design('PT1') * (1 + 0.03 * (1 - speed)));
    device.set('PT2', design('PT2') * (0.35 + 0.65 * speed) * (1 + 0.1 * (load - 1)));
    device.set('TT2', hot(outdoors + (design('TT2') - 21) * speed * (0.9 + 0.1 * load) + 0.4 * (world.coolingC - 26), dt));
    device.set('FT1', design('FT1') * speed * load);
    device.set('SPD', design('SPD') * speed);
    device.set('AMP', design('AMP') * speed * (0.5 + 0.5 * load));
    device.set('VIB', shake * speed + 0.05);
    device.set('BT1', metal(outdoors + 35 * speed, dt));
    device.set('OPT', design('OPT') * Math.min(1, speed * 1.3));
    device.set('OTT', oil(outdoors + 26 * speed, dt));
    device.set('CW2', water(world.coolingC + 7 * speed * load, dt));
    device.set('RUN', world.motors.state(item.id));
  };
};

export const fan = (device: Device): Step => {
  const { world, item } = device;
  const design = (suffix: string) => device.design(suffix).mid;
  const wobble = drift(device.random.fork('wobble'), 50, 0.02);
  const shake = device.random.between(1.3, 2.5);
  const metal = lagged(design('TT1'), 400);
  return (dt) => {
    const speed = world.motors.speed(item.id);
    const air = speed * (1 + wobble(dt));
    device.set('SPD', design('SPD') * speed);
    device.set('AMP', design('AMP') * speed * (0.4 + 0.6 * air));
    device.set('PT1', design('PT1') * air * air);
    device.set('FT1', design('FT1') * air);
    device.set('VIB', shake * speed + 0.05);
    device.set('TT1', metal(world.weather.temperature + 26 * speed, dt));
    device.set('RUN', world.motors.state(item.id));
  };
};

/** A cooling tower cell: leaves water a few degrees above the wet bulb, warmer when its fan stands. */
export const coolingTower = (device: Device): Step => {
  const { world, item } = device;
  const design = (suffix: string) => device.design(suffix).mid;
  const shake = device.random.between(1.8, 2.9);
  const [hot, cold, gear] = [lagged(35, 200), lagged(26, 200), lagged(design('TT3'), 500)];
  const wobble = drift(device.random.fork('wobble'), 80, 0.4);
  return (dt) => {
    const speed = world.motors.speed(item.id);
    const slow = wobble(dt);
    device.set('TT2', cold(world.coolingC + (1 - speed) * 6 + slow, dt));
    device.set('TT1', hot(world.coolingC + 9 * (world.load / 0.86) + slow, dt));
    device.set('TT3', gear(world.weather.temperature + 36 * speed, dt));
    device.set('AMP', design('AMP') * speed * (1 + 0.02 * slow));
    device.set('VIB', shake * speed + 0.05);
    device.set('SPD', design('SPD') * speed);
    device.set('RUN', world.motors.state(item.id));
  };
};
