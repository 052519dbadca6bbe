import { describe, expect, test } from 'vitest';
import { boilingTemperature, gasConstant, liquidDensityAt, substanceOf, vapourPressure } from './substances.ts';
import { substanceTable } from './substanceTable.ts';

describe.each(substanceTable.map((substance) => [substance.id, substance] as const))('%s', (_id, substance) => {
  test('boils at its boiling point under one atmosphere', () => {
    expect(vapourPressure(substance, substance.boilingPoint) / 101325).toBeCloseTo(1, 1);
    expect(Math.abs(boilingTemperature(substance, 101325) - substance.boilingPoint)).toBeLessThan(1);
  });

  test('its vapour pressure and latent heat obey Clausius and Clapeyron', () => {
    const t = substance.boilingPoint;
    const slope = Math.log(vapourPressure(substance, t + 0.5) / vapourPressure(substance, t - 0.5));
    const heat = (slope * gasConstant * t * t) / substance.molarMass;
    // Hydrogen fluoride associates in the vapour: per kilogram it takes far less than the slope tells.
    if (substance.id !== 'hydrogen-fluoride') expect(substance.latentHeat / heat).toBeGreaterThan(0.87);
    expect(substance.latentHeat / heat).toBeLessThan(1.1);
  });

  test('its heat capacity and gamma belong together', () => {
    const gamma = substance.gasHeatCapacity / (substance.gasHeatCapacity - gasConstant / substance.molarMass);
    expect(Math.abs(gamma - substance.gamma)).toBeLessThan(0.06);
  });

  test('its limits enclose stoichiometry', () => {
    if (substance.fire === undefined) return;
    expect(substance.fire.lower).toBeLessThan(substance.fire.stoichiometric);
    expect(substance.fire.upper).toBeGreaterThan(substance.fire.stoichiometric);
  });
});

test('liquid gets lighter as it warms', () => {
  const ammonia = substanceOf('ammonia');
  // NIST: 602.9 kg/m³ at 298 K.
  expect(liquidDensityAt(ammonia, 298.15)).toBeGreaterThan(585);
  expect(liquidDensityAt(ammonia, 298.15)).toBeLessThan(625);
});
