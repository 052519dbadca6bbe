import type { Camera } from '../../../src-shared/plant/index.ts';
import type { CameraPose } from './studio.ts';

/** The pose of a plant's camera: its heading is counter-clockwise from east, its tilt below the horizon, its field of view across. The eye stands before the lens. */
export const poseOfCamera = ({ position: [x, y, z], heading, tilt, fieldOfView }: Pick<Camera, 'position' | 'heading' | 'tilt' | 'fieldOfView'>): CameraPose => {
  const [h, t] = [(heading * Math.PI) / 180, (tilt * Math.PI) / 180];
  const along = (s: number): [number, number, number] => [x + Math.cos(h) * Math.cos(t) * s, y + Math.sin(h) * Math.cos(t) * s, z - Math.sin(t) * s];
  return { eye: along(0.9), target: along(15), across: fieldOfView };
};
