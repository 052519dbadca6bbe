import { z } from 'zod';
import { PlantModel } from '../plant/index.ts';
import { contract, Nothing, query, value } from './define.ts';

export const registry = contract('registry', {
  /** The whole plant model; a tag's index in `tags` is its number in every series. */
  plant: query({ input: Nothing, output: PlantModel }),
  /** Counts up with each change of the plant model: ask for it again. */
  revision: value({ value: z.number() }),
});
