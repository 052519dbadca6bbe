import type { PlantModel } from '../../src-shared/plant/index.ts';
import { complain, fromRepository, writeText } from '../platform.ts';
import { drawBinhai } from './binhai.ts';

/** One line per object of the model's lists, so that a change of the plant reads well in a diff. */
export const printPlant = (plant: PlantModel): string => {
  const entries = Object.entries(plant).map(([key, value]) => {
    const list = (items: readonly unknown[]) => `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
    if (Array.isArray(value)) return `  ${JSON.stringify(key)}: ${list(value)}`;
    if (key === 'walkways') return `  "walkways": { "nodes": ${list(plant.walkways.nodes)}, "edges": ${list(plant.walkways.edges)} }`;
    return `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  });
  return `{\n${entries.join(',\n')}\n}\n`;
};

if (import.meta.main) {
  const plant = drawBinhai();
  const file = fromRepository('assets', 'plants', 'binhai', 'plant.json');
  writeText(file, printPlant(plant));
  complain(`${file}: ${plant.equipment.length} equipment, ${plant.tags.length} tags, ${plant.detectors.length} detectors, ${plant.walkways.nodes.length} walkway nodes`);
}
