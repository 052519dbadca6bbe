import { PlantModel } from '../plant/index.ts';
import { contract, Nothing, query } from './define.ts';

export const registry = contract('registry', {
  /** The whole plant model; a tag's index in `tags` is its number in every series. */
  plant: query({ input: Nothing, output: PlantModel }),
});
