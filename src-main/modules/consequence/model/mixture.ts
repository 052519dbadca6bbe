import { heatCapacityOfAir, molarMassOfAir, waterVapourPressure, type Atmosphere } from './atmosphere.ts';
import { associated, gasConstant, liquidDensityAt, vapourOf, vapourPressure, type Substance } from './substances.ts';

/**
 * A cloud of one substance, humid air and whatever of both has condensed, in equilibrium and at ambient pressure (homogeneous equilibrium;
 * Ermak 1990 §2.3 with Antoine and Buck for the vapour pressures). Enthalpies are J per kg of mixture against all vapour, of single molecules, at the air's temperature.
 * Hydrogen fluoride, whose cold vapour is rings of six, takes up heat as air parts them; its bond with water is left out (it matters in moist air only).
 */
export type Mixture = {
  readonly temperature: number;
  readonly density: number;
  /** Volume fraction of the substance if all of it were vapour at the air's temperature: what a detector that warms its sample reads. */
  readonly volumeFraction: number;
};

const molarMassOfWater = 0.018015;
const vapourHeatCapacity = 1860;

export type Mixing = {
  /** Enthalpy of the released substance itself, J/kg. */
  readonly releaseEnthalpy: number;
  readonly of: (massFraction: number, enthalpy: number, guess: number) => Mixture;
};

export const mixingOf = (substance: Substance, air: Atmosphere, release: { readonly temperature: number; readonly liquidFraction: number }): Mixing => {
  const waterPressure = air.humidity * waterVapourPressure(air.temperature);
  const waterShare = (waterPressure * molarMassOfWater) / (waterPressure * molarMassOfWater + (air.pressure - waterPressure) * molarMassOfAir);
  const { association } = substance;
  const joining = association?.heat ?? 0;
  // To single molecules: what boils off is partly joined.
  const latentHeat = substance.latentHeat + joining * vapourOf(substance, substance.boilingPoint, 101_325).ringShare;
  const latent = (temperature: number): number => Math.max(0, latentHeat + (substance.gasHeatCapacity - substance.liquidHeatCapacity) * (temperature - substance.boilingPoint));
  const latentOfWater = (temperature: number): number => (temperature < 273.15 ? 2.834e6 : 2.501e6 - 2370 * (temperature - 273.15));

  /** Of so many moles, how many are vapour above what has condensed: counted as single molecules (`units`), those of them in rings, and molecules of either kind. */
  const vapourIn = (above: { readonly saturation: number; readonly temperature: number; readonly others: number }, moles: number): { readonly units: number; readonly inRings: number; readonly molecules: number } => {
    const { saturation, temperature, others } = above;
    if (association === undefined) {
      const vapour = Math.min(moles, (saturation / (air.pressure - saturation)) * others);
      return { units: vapour, inRings: 0, molecules: vapour };
    }
    const under = (pressure: number): { readonly units: number; readonly inRings: number; readonly molecules: number } => {
      const { single, rings } = associated(association, temperature, pressure);
      const perPascal = others / (air.pressure - pressure);
      return { units: (single + association.order * rings) * perPascal, inRings: association.order * rings * perPascal, molecules: pressure * perPascal };
    };
    const saturated = under(saturation);
    if (saturated.units <= moles) return saturated;
    let [low, high] = [0, saturation];
    for (let i = 0; i < 40; i += 1) {
      const middle = (low + high) / 2;
      if (under(middle).units > moles) high = middle;
      else low = middle;
    }
    return under(low);
  };

  /** Moles per kg of mixture, condensed masses and enthalpy at a temperature. */
  const at = (massFraction: number, temperature: number): { readonly enthalpy: number; readonly volume: number } => {
    const moles = massFraction / substance.molarMass;
    const airMass = (1 - massFraction) * (1 - waterShare);
    const waterMass = (1 - massFraction) * waterShare;
    const airMoles = airMass / molarMassOfAir;
    const waterMoles = waterMass / molarMassOfWater;
    const saturation = Math.min(vapourPressure(substance, temperature) / air.pressure, 0.9999) * air.pressure;
    const inVapour = vapourIn({ saturation, temperature, others: airMoles + waterMoles }, moles);
    const vapour = inVapour.molecules;
    const waterLimit = Math.min(waterVapourPressure(temperature) / air.pressure, 0.9999);
    const waterVapour = Math.min(waterMoles, (waterLimit / (1 - waterLimit)) * (airMoles + vapour));
    const condensed = Math.max(0, moles - inVapour.units) * substance.molarMass;
    const condensedWater = (waterMoles - waterVapour) * molarMassOfWater;
    const warmth = temperature - air.temperature;
    return {
      enthalpy: (massFraction * substance.gasHeatCapacity + airMass * heatCapacityOfAir + waterMass * vapourHeatCapacity) * warmth - condensed * latent(temperature) - inVapour.inRings * substance.molarMass * joining - condensedWater * latentOfWater(temperature),
      volume: ((vapour + airMoles + waterVapour) * gasConstant * temperature) / air.pressure + condensed / liquidDensityAt(substance, Math.min(temperature, substance.boilingPoint)) + condensedWater / 1000,
    };
  };

  return {
    releaseEnthalpy:
      substance.gasHeatCapacity * (release.temperature - air.temperature) - release.liquidFraction * latent(release.temperature) - (1 - release.liquidFraction) * joining * vapourOf(substance, release.temperature, air.pressure).ringShare,
    of: (massFraction, enthalpy, guess) => {
      let low = Math.max(0.5 * Math.min(release.temperature, air.temperature), 10);
      let high = Math.max(release.temperature, air.temperature) + 60;
      let temperature = Math.min(Math.max(guess, low), high);
      // Newton inside a bracket: the enthalpy rises with temperature, with kinks where something condenses.
      for (let i = 0; i < 60; i += 1) {
        const miss = at(massFraction, temperature).enthalpy - enthalpy;
        if (miss > 0) high = temperature;
        else low = temperature;
        const slope = (at(massFraction, temperature + 0.05).enthalpy - enthalpy - miss) / 0.05;
        const next = temperature - miss / Math.max(slope, 1);
        const step = (next > low && next < high ? next : (low + high) / 2) - temperature;
        temperature += step;
        if (Math.abs(step) < 0.01) break;
      }
      const moles = massFraction / substance.molarMass;
      const airMoles = (1 - massFraction) * ((1 - waterShare) / molarMassOfAir + waterShare / molarMassOfWater);
      return { temperature, density: 1 / at(massFraction, temperature).volume, volumeFraction: moles / (moles + airMoles) };
    },
  };
};
