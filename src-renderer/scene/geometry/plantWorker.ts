import type { PlantModel } from '../../../src-shared/plant/index.ts';
import { buffersOf, createPlantData } from './plantData.ts';

/** Worker entry: a plant model comes in, its geometry goes out. Half a second of work that must not hold up the alarms of the page. */
const scope = globalThis as unknown as { onmessage: ((event: MessageEvent<PlantModel>) => void) | null; postMessage(message: unknown, transfer: Transferable[]): void };

scope.onmessage = ({ data }) => {
  const built = createPlantData(data);
  scope.postMessage(built, buffersOf(built));
};
