import { carbonMonoxideRate, hypoxiaRate, mixtureRate } from '../../modules/evacuation/index.ts';
import { evaluated, MissingInput, numbersOf, type Evaluation, type ReferenceCase } from './caseAdapter.ts';

/** Rates of fractional effective dose per minute; a mixture's name carries its CO2 %, CO % and O2 %, `O2_12_rate` the oxygen alone. */
export const fedRates = ({ inputs, expected }: ReferenceCase): Evaluation => {
  const got = Object.keys(expected).flatMap((name): readonly (readonly [string, unknown])[] => {
    if (name === 'CO_rate') return [[name, numbersOf(inputs, 'CO_ppm').map(carbonMonoxideRate)]];
    if (name === 'time_to_FED1_CO') return [[name, 1 / carbonMonoxideRate(numbersOf(inputs, 'CO_ppm')[0]!)]];
    const mixture = /^mix_([\d.]+)_([\d.]+)_([\d.]+)/.exec(name);
    if (mixture !== null) return [[name, mixtureRate({ carbonDioxide: Number(mixture[1]), carbonMonoxidePpm: 1e4 * Number(mixture[2]), oxygen: Number(mixture[3]) })]];
    const oxygen = /^O2_([\d.]+)/.exec(name);
    return oxygen === null ? [] : [[name, hypoxiaRate(Number(oxygen[1]))]];
  });
  if (got.length === 0) throw new MissingInput('the case expects no dose rate that the engine has');
  return evaluated(Object.fromEntries(got));
};
