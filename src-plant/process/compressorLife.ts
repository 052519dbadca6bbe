import type { CompressorSensor } from '../model/templates/rotating.ts';
import type { Random } from './random.ts';

/** What wears out first. `bearing`: rolling contact fatigue; `fouling`: deposits on rotor and after-cooler; `valve`: leaking discharge valve and slide. */
export type FailureMode = 'bearing' | 'fouling' | 'valve';
export const FAILURE_MODES: readonly FailureMode[] = ['bearing', 'fouling', 'valve'];

/** Rated duty: MPa absolute-free gauge readings as the instruments show them, °C, m³/h, 1/min, A; `gamma` is the gas's heat capacity ratio. */
export type Duty = { readonly suction: number; readonly discharge: number; readonly suctionC: number; readonly dischargeC: number; readonly flow: number; readonly speed: number; readonly amps: number; readonly gamma: number };
export const DUTIES = {
  ammonia: { suction: 0.24, discharge: 1.3, suctionC: -4, dischargeC: 74, flow: 1450, speed: 2960, amps: 46, gamma: 1.31 },
  propane: { suction: 0.52, discharge: 1.6, suctionC: 24, dischargeC: 82, flow: 1180, speed: 2970, amps: 52, gamma: 1.13 },
} as const satisfies Record<string, Duty>;

export type Surroundings = { /** Share of rated duty, about 0.6 to 1.05. */ readonly load: number; /** °C outdoors. */ readonly ambientC: number };

/** One machine from overhaul to failure: hidden wear and what its thirteen sensors would read. */
export type CompressorLife = {
  readonly mode: FailureMode;
  /** Running hours since overhaul. */
  readonly hours: number;
  /** 0 new … 1 failed, per mode. */
  readonly wear: Readonly<Record<FailureMode, number>>;
  readonly hasFailed: boolean;
  /** Lets the machine run; wear grows with itself (damage accelerates), with load and by chance. */
  run(hours: number, around: Surroundings): void;
  /** The true reading of each sensor, without instrument noise, in the tag's unit. */
  read(around: Surroundings): Record<CompressorSensor, number>;
};

/** `sharpness` is k below: how late and how suddenly the wear shows. */
export type LifePlan = { readonly duty: Duty; readonly mode: FailureMode; readonly lifeDays: number; readonly random: Random; readonly sharpness?: number };

/** Kelvin of a Celsius reading. */
const kelvin = (celsius: number) => celsius + 273.15;
const ATMOSPHERE = 0.1013;

/**
 * Wear follows dw/dt = (k/L)·(w + 1/(eᵏ−1)): from 0 to 1 in L days, slow at first, fast at the end. Discharge temperature is that
 * of a polytropic compression with an efficiency which fouling and leakage lower; the bearing's friction heats oil and metal.
 */
export const createCompressorLife = ({ duty, mode, lifeDays, random, sharpness = random.between(2.2, 5.5) }: LifePlan): CompressorLife => {
  const wear: Record<FailureMode, number> = { bearing: 0, fouling: 0, valve: 0 };
  const lives: Record<FailureMode, number> = { bearing: lifeDays * random.between(2.5, 6), fouling: lifeDays * random.between(2, 4.5), valve: lifeDays * random.between(2.5, 6) };
  lives[mode] = lifeDays;
  const driveEnd = random.next() < 0.6;
  const share = driveEnd ? 1 : random.between(0.3, 0.5);
  const otherShare = driveEnd ? random.between(0.3, 0.5) : 1;
  const built = { vibration: random.between(1.2, 2.0), vibrationOther: random.between(1.1, 1.8), bearing: random.between(-3, 3), oil: random.between(-0.015, 0.015), flow: random.between(0.97, 1.02), amps: random.between(0.97, 1.03), discharge: random.between(0.98, 1.02), efficiency: random.between(0.98, 1.02) };
  const head = ratio(duty.suction, duty.discharge, duty.gamma) - 1;
  const heating = (kelvin(duty.dischargeC) - kelvin(duty.suctionC)) / (kelvin(duty.suctionC) * head);
  let hours = 0;
  let harshness = 1;

  return {
    mode,
    wear,
    get hours() {
      return hours;
    },
    get hasFailed() {
      return FAILURE_MODES.some((each) => wear[each] >= 1);
    },
    run(step, { load }) {
      hours += step;
      harshness = Math.max(0.3, harshness + (1 - harshness) * Math.min(1, step / 40) + 0.12 * Math.sqrt(step) * random.normal() * 0.35);
      for (const each of FAILURE_MODES) {
        const k = each === mode ? sharpness : 3;
        const start = 1 / Math.expm1(k);
        const perHour = (k / (lives[each] * 24)) * (wear[each] + start);
        wear[each] = Math.min(1, wear[each] + perHour * harshness * (load / 0.85) ** (each === 'bearing' ? 2.2 : 1.2) * step);
      }
    },
    read({ load, ambientC }) {
      const { bearing, fouling, valve } = wear;
      const efficiency = built.efficiency * (1 - 0.13 * fouling - 0.2 * valve - 0.03 * bearing);
      const suction = duty.suction * (1 + 0.05 * (0.85 - load) + 0.09 * valve);
      const discharge = duty.discharge * built.discharge * (1 + 0.0045 * (ambientC - 20) + 0.05 * (load - 0.85) + 0.07 * fouling);
      const suctionC = duty.suctionC + 0.06 * (ambientC - 20) + 1.5 * valve;
      const work = (ratio(suction, discharge, duty.gamma) - 1) / efficiency;
      const dischargeC = suctionC + kelvin(suctionC) * work * heating + 5 * fouling;
      const flow = duty.flow * built.flow * load * (1 - 0.12 * fouling - 0.24 * valve) * 1.06;
      const motorCurrent = duty.amps * built.amps * (0.28 + 0.76 * load * (work / head) * (1 - 0.1 * valve) + 0.05 * bearing);
      const fatigue = 7 * bearing ** 2;
      const vibration = (base: number, part: number) => base * (0.78 + 0.3 * load) + fatigue * part + 1.1 * fouling ** 2 + 1.6 * valve ** 1.5;
      const oilTemperature = 43 + 0.22 * (ambientC - 20) + 5 * load + 5.5 * bearing ** 1.2 + 2.5 * fouling;
      const metal = (part: number) => oilTemperature + 4 + 7 * load + built.bearing + 30 * bearing ** 1.8 * part + 3 * valve;
      return {
        suctionPressure: suction, dischargePressure: discharge, suctionTemperature: suctionC, dischargeTemperature: dischargeC, flow,
        speed: duty.speed * (1.004 - 0.008 * load), motorCurrent,
        vibrationDe: vibration(built.vibration, share), vibrationNde: vibration(built.vibrationOther, otherShare),
        bearingTemperatureDe: metal(share), bearingTemperatureNde: metal(otherShare) - 1.5,
        oilPressure: 0.295 + built.oil - 0.0009 * (oilTemperature - 47) - 0.06 * bearing ** 1.5, oilTemperature,
      };
    },
  };
};

/** Temperature ratio of a compression between two gauge pressures, MPa, with half of the heat taken away by injected oil. */
const ratio = (suction: number, discharge: number, gamma: number): number => ((discharge + ATMOSPHERE) / (suction + ATMOSPHERE)) ** ((gamma - 1) / gamma / 2);

/** Deviation of one reading of each sensor, in its unit: repeatability of common industrial transmitters. */
export const SENSOR_NOISE: Readonly<Record<CompressorSensor, number>> = {
  suctionPressure: 0.0025, dischargePressure: 0.006, suctionTemperature: 0.25, dischargeTemperature: 0.4, flow: 9, speed: 2.5, motorCurrent: 0.35, vibrationDe: 0.09, vibrationNde: 0.09, bearingTemperatureDe: 0.35, bearingTemperatureNde: 0.35, oilPressure: 0.002, oilTemperature: 0.3,
};
