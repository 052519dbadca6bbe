import type { Equipment } from '../../../src-shared/plant/index.ts';
import { compressor, coolingTower, detectorPost, fan, fireMonitor, flare, furnace, hydrant, loadingArm, mast, packageUnit, panel, pump, transformer, valve } from './machines.ts';
import type { Shape } from './shape.ts';
import { column, cylinderRack, heatExchanger, horizontalVessel, reactor, sphere, storageTank, verticalVessel } from './vessels.ts';

/** The shape of every kind of equipment; a new kind does not compile without one. */
export const SHAPES: Readonly<Record<Equipment['kind'], Shape>> = {
  sphere,
  'horizontal-vessel': horizontalVessel,
  'vertical-vessel': verticalVessel,
  'storage-tank': storageTank,
  column,
  compressor,
  pump,
  'heat-exchanger': heatExchanger,
  'cooling-tower': coolingTower,
  furnace,
  flare,
  reactor,
  'cylinder-rack': cylinderRack,
  'loading-arm': loadingArm,
  valve,
  panel,
  transformer,
  fan,
  mast,
  'detector-post': detectorPost,
  hydrant,
  'fire-monitor': fireMonitor,
  other: packageUnit,
};
