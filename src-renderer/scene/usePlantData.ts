import { useEffect, useState } from 'react';
import type { PlantModel } from '../../src-shared/plant/index.ts';
import { createPlantData, type PlantData } from './geometry/plantData.ts';

/** Geometry of a plant, built by a worker (in the page where no worker can be had); null until it is there. */
export const usePlantData = (plant: PlantModel): PlantData | null => {
  const [data, setData] = useState<{ readonly of: PlantModel; readonly built: PlantData } | null>(null);
  useEffect(() => {
    const worker = new Worker(new URL('./geometry/plantWorker.ts', import.meta.url), { type: 'module' });
    const done = (built: PlantData) => {
      worker.terminate();
      setData({ of: plant, built });
    };
    worker.onmessage = ({ data: built }: MessageEvent<PlantData>) => done(built);
    worker.onerror = () => done(createPlantData(plant));
    worker.postMessage(plant);
    return () => worker.terminate();
  }, [plant]);
  return data?.of === plant ? data.built : null;
};
