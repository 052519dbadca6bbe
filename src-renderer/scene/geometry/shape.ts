import type { Equipment } from '../../../src-shared/plant/index.ts';
import type { MeshBuilder } from './meshBuilder.ts';

/** Builds one piece of equipment in its local frame: origin at its position, x along its heading, z up, metres. */
export type Shape = (mesh: MeshBuilder, equipment: Pick<Equipment, 'size' | 'substance'>) => void;
