import type { PlantModel } from '../../../src-shared/plant/index.ts';
import type { Selection } from '../twinProps.ts';
import { SHAPES } from './equipment.ts';
import { createMeshBuilder, type MeshData } from './meshBuilder.ts';
import { buildPipe } from './pipes.ts';
import { buildCamera, buildMuster, buildStructure } from './structures.ts';

/** What an owner number of the mesh stands for; 0 is the site itself. Pipes answer a hover and are not selectable. */
export type Owner = Selection | { readonly kind: 'site' | 'pipe'; readonly id: string };
export type PlantGeometry = { readonly ground: MeshData; readonly plant: MeshData; readonly owners: readonly Owner[] };

/** Metres by which the plate the site stands on reaches beyond the fence. */
export const PLATE_MARGIN = 14;

/** All static geometry of a plant: the ground (flat, receives shadows) and what stands on it. Metres, z up. */
export const buildPlant = (plant: PlantModel): PlantGeometry => {
  const owners: Owner[] = [{ kind: 'site', id: plant.id }];
  const own = (owner: Owner): number => owners.push(owner) - 1;
  const ground = createMeshBuilder();
  const mesh = createMeshBuilder();
  const { width, depth } = plant.site;
  ground.place(0, [0, 0, 0]);
  const m = PLATE_MARGIN;
  ground.prism('plateEdge', [[-m, -m], [width + m, -m], [width + m, depth + m], [-m, depth + m]], { from: -2.2, to: 0, lid: 'plate' });
  mesh.place(0, [0, 0, 0]);
  for (const structure of plant.structures) {
    const flat = structure.kind === 'road' || structure.kind === 'paving' || structure.kind === 'water';
    buildStructure(flat ? ground : mesh, structure, plant);
  }
  for (const pipe of plant.pipes) {
    mesh.place(own({ kind: 'pipe', id: pipe.id }), [0, 0, 0]);
    buildPipe(mesh, pipe, plant);
  }
  for (const equipment of plant.equipment) {
    mesh.place(own({ kind: 'equipment', id: equipment.id }), equipment.position, equipment.heading);
    SHAPES[equipment.kind](mesh, equipment);
  }
  const posts = plant.equipment.filter(({ kind }) => kind === 'detector-post');
  for (const { id, position } of plant.detectors) {
    // A detector that has a post of its own among the equipment is drawn by it.
    if (posts.some((post) => Math.hypot(post.position[0] - position[0], post.position[1] - position[1]) < 0.6)) continue;
    mesh.place(own({ kind: 'detector', id }), [position[0], position[1], 0]);
    SHAPES['detector-post'](mesh, { size: [0.4, 0.4, Math.max(0.8, position[2])] });
  }
  for (const camera of plant.cameras) {
    mesh.place(own({ kind: 'camera', id: camera.id }), [0, 0, 0]);
    buildCamera(mesh, camera.position, camera);
  }
  const nodes = new Map(plant.walkways.nodes.map((node) => [node.id, node.position]));
  for (const { id, node } of plant.muster) {
    const position = nodes.get(node);
    if (position === undefined) continue;
    mesh.place(own({ kind: 'muster', id }), [0, 0, 0]);
    buildMuster(mesh, position);
  }
  return { ground: ground.finish(), plant: mesh.finish(), owners };
};
