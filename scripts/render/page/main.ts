import { PlantModel } from '../../../src-shared/plant/index.ts';
import { CAST } from './cast.ts';
import { createDirector } from './demo.ts';
import { createPlantStage } from './plantStage.ts';
import { createStudio } from './studio.ts';
import { createTrainer, type Example } from './training.ts';

/** What the page offers to the script that drives it. */
declare global {
  var pictures: { example(seed: number): Promise<Example>; frame: ReturnType<typeof createDirector>; loops(camera: string): { readonly name: string; readonly frames: number | undefined }[] };
}

const plant = PlantModel.parse(await (await fetch('/assets/plants/binhai/plant.json')).json());
const stage = createPlantStage(plant);
const studio = createStudio(stage);
document.body.append(studio.canvas);
globalThis.pictures = { example: createTrainer(plant, stage, studio), frame: createDirector(plant, stage, studio), loops: (camera) => Object.entries(CAST[camera] ?? {}).map(([name, { frames }]) => ({ name, frames })) };
