import { text, type Text } from '../../../src-shared/kernel/index.ts';
import { heatEscalation, timeToFailure } from './model/domino.ts';
import { scaledOverpressure } from './model/explosion.ts';
import { fireball } from './model/fireball.ts';
import { gaussianPlume } from './model/gaussianPlume.ts';
import { indoorToxicShare, probitShare, thermalDose, toxicLethality } from './model/harm.ts';
import { deathRadius, tntMass } from './model/kingeryBulmash.ts';
import { plumeField } from './model/plume.ts';
import { pointSourceFlux } from './model/radiation.ts';
import { briggsSpread } from './model/sigmas.ts';
import { gasThroughHole, holeArea } from './model/sourceTermGas.ts';
import { liquidThroughHole } from './model/sourceTermLiquid.ts';
import { evaporatingPool } from './model/sourceTermPool.ts';
import { substanceOf, vapourOf } from './model/substances.ts';

/** One check of the shipped engines: a value worked out by hand from the formula of a source, or an identity that must hold, against what the engine gives. */
export type Verification = { readonly id: string; readonly title: Text; readonly source: string; readonly unit: string; readonly expected: number; readonly computed: number; /** Relative. */ readonly tolerance: number; readonly isPassed: boolean };

type Check = Omit<Verification, 'computed' | 'isPassed'> & { readonly compute: () => number };

const EXACT = 1e-6;
const plume = (at: { readonly y: number; readonly z: number }): number => gaussianPlume({ rate: 1, height: 0, wind: 5 }, { y: 20, z: 10 }, at);

/** Inputs stand in the title or in the call, expected values were worked out apart from this code to seven figures. */
const checks: readonly Check[] = [
  {
    id: 'gas-choked', unit: 'kg/s', tolerance: EXACT, expected: 0.1132663, source: 'Cd A p √(γM/RT (2/(γ+1))^((γ+1)/(γ−1))); CPR 14E',
    title: text('甲烷 10 bar、300 K 经 10 mm 孔临界流出', 'Methane of 10 bar and 300 K, choked, 10 mm hole'),
    compute: () => gasThroughHole({ pressure: 1e6, temperature: 300, molarMass: 0.01604, gamma: 1.31 }, { area: holeArea(0.01), dischargeCoefficient: 0.85, ambientPressure: 101_325 }).rate,
  },
  {
    id: 'liquid-torricelli', unit: 'kg/s', tolerance: EXACT, expected: 26.0766722, source: 'Cd A √(2ρ(Δp + ρgh)); CPR 14E eq. 2.194',
    title: text('水 2 bar(表)、液位 3 m 经 50 mm 孔流出', 'Water under 2 bar and 3 m of head, 50 mm hole'),
    compute: () => liquidThroughHole({ density: 1_000, overpressure: 2e5, head: 3 }, { area: holeArea(0.05), dischargeCoefficient: 0.62 }),
  },
  { id: 'plume-axis', unit: 'kg/m³', tolerance: EXACT, expected: 3.183098862e-4, source: 'Q/(π u σy σz)', title: text('地面源烟羽轴线,σy 20 m、σz 10 m', 'Ground source on the axis, σy 20 m, σz 10 m'), compute: () => plume({ y: 0, z: 0 }) },
  {
    id: 'plume-aside', unit: 'kg/m³', tolerance: EXACT, expected: 1.170842153e-4, source: 'Gaussian plume with ground reflection',
    title: text('源高 10 m,侧偏 20 m、高 2 m', 'Source at 10 m, 20 m aside and 2 m up'),
    compute: () => gaussianPlume({ rate: 1, height: 10, wind: 5 }, { y: 20, z: 10 }, { y: 20, z: 2 }),
  },
  {
    id: 'plume-mass', unit: 'kg/s', tolerance: 1e-3, expected: 1, source: '∬ u C dy dz = Q', title: text('通过断面的质量等于释放量(高斯)', 'What is released passes a section (Gaussian)'),
    compute: () => sectionSum((y, z) => 5 * plume({ y, z }), { y: 100, z: 60, step: 0.5 }),
  },
  {
    id: 'plume-mirror', unit: '', tolerance: EXACT, expected: 1, source: 'symmetry', title: text('氨羽左右对称:左/右浓度比', 'Ammonia plume: left over right of the wind'),
    compute: () => {
      const field = plumeField({ substance: 'ammonia', rateKgS: 1, source: { x: 0, y: 0, z: 1 }, weather: { windSpeed: 3, windFrom: 270, stability: 'D' }, grid: { x0: 0, y0: -100, cell: 10, nx: 20, ny: 20 }, levels: [] });
      return field.ok ? field.value.at(120, 8, 1.5) / field.value.at(120, -8, 1.5) : 0;
    },
  },
  { id: 'briggs-y', unit: 'm', tolerance: EXACT, expected: 76.2770071, source: '0.08 x/√(1 + 0.0001 x); Briggs 1973', title: text('Briggs 乡村 D,1 km 处 σy', 'Briggs rural D, σy at 1 km'), compute: () => briggsSpread('D', 1_000, 'rural').y },
  { id: 'briggs-z', unit: 'm', tolerance: EXACT, expected: 37.9473319, source: '0.06 x/√(1 + 0.0015 x); Briggs 1973', title: text('Briggs 乡村 D,1 km 处 σz', 'Briggs rural D, σz at 1 km'), compute: () => briggsSpread('D', 1_000, 'rural').z },
  { id: 'fireball-diameter', unit: 'm', tolerance: EXACT, expected: 157.4362218, source: '5.8 M^(1/3); CCPS 2010', title: text('20 t 火球最大直径', 'Greatest diameter of a 20 t fireball'), compute: () => fireball(20_000, 46e6, 1e6).diameter },
  { id: 'fireball-duration', unit: 's', tolerance: EXACT, expected: 12.2148793, source: '0.45 M^(1/3); CCPS 2010', title: text('20 t 火球持续时间', 'Life of a 20 t fireball'), compute: () => fireball(20_000, 46e6, 1e6).duration },
  { id: 'point-source', unit: 'W/m²', tolerance: EXACT, expected: 238.7324146, source: 'χ Q/(4π d²); API 521', title: text('100 MW、辐射份额 0.3,100 m 处热通量', '100 MW, radiated share 0.3, at 100 m'), compute: () => pointSourceFlux({ power: 1e8, radiativeFraction: 0.3, transmissivity: 1 }, 100) },
  { id: 'thermal-dose', unit: '(W/m²)^(4/3) s', tolerance: EXACT, expected: 4_308_869.38, source: 't q^(4/3); CPR 16E', title: text('10 kW/m² 持续 20 s 的热剂量', 'Thermal dose of 10 kW/m² for 20 s'), compute: () => thermalDose(10_000, 20) },
  {
    id: 'ammonia-lc50', unit: '', tolerance: 0.01, expected: 0.5, source: 'Pr = −15.6 + ln(C² t) = 5; CPR 18E table 5.2', title: text('氨 5428 mg/m³(7667 ppm)30 min 的死亡率', 'Ammonia, 5428 mg/m³ (7667 ppm) for 30 min: lethality'),
    compute: () => toxicLethality('ammonia', [{ seconds: 1_800, ppm: 7_667.254 }]) ?? 0,
  },
  { id: 'probit-one-percent', unit: '', tolerance: 0.01, expected: 0.01, source: 'Finney 1971: Φ(−2.326348)', title: text('概率单位 2.673652 对应 1 %', 'A probit of 2.673652 is one per cent'), compute: () => probitShare(2.673652) },
  {
    id: 'pool-evaporation', unit: 'kg/s', tolerance: EXACT, expected: 0.475390016, source: 'A k (P/RT) M ln(P/(P − p)), k = 0.004786 u^0.78 D^−0.11 Sc^−0.67; Mackay & Matsugu 1973',
    title: text('苯池 100 m²、25 ℃、风 5 m/s 的蒸发', 'Evaporation of 100 m² of benzene at 25 °C in 5 m/s'),
    compute: () => evaporatingPool(substanceOf('benzene'), { area: 100, temperature: 298.15 }, { windSpeed: 5, temperature: 298.15, pressure: 101_325 }),
  },
  {
    id: 'hf-rings', unit: '', tolerance: 1e-5, expected: 0.8194476, source: 'p₆ = K p₁⁶, log10 K = 8735/T − 43.145 (mmHg); Simons & Hildebrand 1924',
    title: text('氟化氢沸点蒸气中六聚体的质量份额', 'Mass share of rings of six in vapour of hydrogen fluoride where it boils'), compute: () => vapourOf(substanceOf('hydrogen-fluoride'), 292.7, 101_325).ringShare,
  },
  {
    id: 'time-to-failure', unit: 's', tolerance: EXACT, expected: 409.026258, source: 'ln t = −1.128 ln I − 2.667·10⁻⁵ V + 9.877; Cozzani et al. 2005', title: text('常压储罐 1000 m³、30 kW/m² 的失效时间', 'Time to failure of an atmospheric tank of 1000 m³ in 30 kW/m²'),
    compute: () => timeToFailure('atmospheric', 30_000, 1_000),
  },
  {
    id: 'heat-escalation', unit: '', tolerance: 1e-4, expected: 0.7577382, source: 'Pr = 9.25 − 1.85 ln(t/min); Landucci et al. 2009', title: text('同一储罐来不及冷却的概率', 'Chance that the same tank fails before it is cooled'), compute: () => heatEscalation('atmospheric', 30_000, 1_000),
  },
  {
    id: 'indoor-ammonia', unit: '', tolerance: 1e-3, expected: 0.4099893, source: '√(1 − 2(1 − e⁻¹) + (1 − e⁻²)/2): n = 2, one air change in the exposure', title: text('室内氨毒性折减,换气 1 次/h、1 h', 'Ammonia indoors over outdoors, one air change an hour for an hour'),
    compute: () => indoorToxicShare('ammonia', 3_600, 1),
  },
  { id: 'tnt-mass', unit: 'kg', tolerance: EXACT, expected: 294.8717949, source: 'α M ΔHc/4.68 MJ/kg', title: text('1 t 燃料、46 MJ/kg、3 % 的 TNT 当量', 'TNT for 1 t of 46 MJ/kg at 3 %'), compute: () => tntMass(1_000, 46e6, 0.03) },
  { id: 'death-radius', unit: 'm', tolerance: EXACT, expected: 13.6, source: '13.6 (W/1000)^0.37', title: text('1 t TNT 的死亡半径', 'Death radius of 1 t of TNT'), compute: () => deathRadius(1_000) },
  {
    id: 'flame-plateau', unit: '', tolerance: 0.1, expected: 0.2177778, source: '2.4 M²/(1 + M); Tang & Baker 1999', title: text('火焰马赫数 0.35 云内超压/大气压', 'Overpressure inside a cloud, flame Mach 0.35, over ambient'),
    compute: () => scaledOverpressure(0.35, 0.2),
  },
];

const sectionSum = (flux: (y: number, z: number) => number, of: { readonly y: number; readonly z: number; readonly step: number }): number => {
  let sum = 0;
  for (let y = -of.y + of.step / 2; y < of.y; y += of.step) for (let z = of.step / 2; z < of.z; z += of.step) sum += flux(y, z) * of.step ** 2;
  return sum;
};

/** Runs every check on the engines as they are shipped. */
export const verify = (): readonly Verification[] =>
  checks.map(({ compute, ...check }) => {
    const computed = compute();
    return { ...check, computed, isPassed: Math.abs(computed - check.expected) <= check.tolerance * Math.abs(check.expected) };
  });
