import type { PlantModel } from '../../../src-shared/plant/index.ts';
import type { MeshData } from './meshBuilder.ts';
import { groundShade, heightField, vertexShade } from './occlusion.ts';
import { buildPlant, type Owner } from './plantGeometry.ts';

/** Everything about a plant's shape that can be worked out beforehand and handed from a worker to the page. */
export type PlantData = {
  readonly ground: MeshData;
  readonly plant: MeshData;
  readonly owners: readonly Owner[];
  /** Share of sky that every vertex of `plant` sees, a byte each. */
  readonly sky: Uint8Array;
  /** The same for every square metre of ground, row-major from the south-west. */
  readonly shade: { readonly x0: number; readonly y0: number; readonly nx: number; readonly ny: number; readonly bytes: Uint8Array };
};

export const createPlantData = (model: PlantModel): PlantData => {
  const { ground, plant, owners } = buildPlant(model);
  const field = heightField(model);
  const { x0, y0, nx, ny } = field;
  return { ground, plant, owners, sky: vertexShade(field, plant.position, plant.normal), shade: { x0, y0, nx, ny, bytes: groundShade(field) } };
};

/** The buffers that may change hands instead of being copied. */
export const buffersOf = ({ ground, plant, sky, shade }: PlantData): Transferable[] => [ground, plant].flatMap(({ position, normal, part, index }) => [position.buffer, normal.buffer, part.buffer, index.buffer] as ArrayBuffer[]).concat(sky.buffer as ArrayBuffer, shade.bytes.buffer as ArrayBuffer);
