import { text, type Text } from '../../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';

/** Farther away than this a thing does not say where a place is, m. */
const WITHIN = 60;
const LANDMARKS: ReadonlySet<string> = new Set(['building', 'shelter', 'gate', 'paving']);

/** Names of places for people who must find them: what stands nearest, and what a structure or node is called. */
export const createPlaceNames = (plant: Pick<PlantModel, 'structures'>): { near(x: number, y: number): Text | null; nameOf(id: string): Text } => {
  const named = plant.structures.flatMap(({ id, name, kind, shape }) => (name === undefined ? [] : [{ id, name, kind, shape }]));
  const names = new Map(named.map(({ id, name }) => [id, name]));
  const landmarks = named.filter(({ kind }) => LANDMARKS.has(kind));
  return {
    near(x, y) {
      const ranked = landmarks.map(({ name, shape }) => ({ name, away: Math.min(...shape.map(([px, py]) => Math.hypot(px - x, py - y))) })).toSorted((a, b) => a.away - b.away);
      return ranked[0] !== undefined && ranked[0].away <= WITHIN ? ranked[0].name : null;
    },
    nameOf: (id) => names.get(id) ?? text(id, id),
  };
};
