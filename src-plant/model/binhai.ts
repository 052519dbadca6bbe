import { PlantModel } from '../../src-shared/plant/index.ts';
import { drawCameras, drawDetectors } from './detectors.ts';
import { createDraft } from './draft.ts';
import { drawGround, drawStructures, drawViews, MUSTER, NEIGHBOURS, SITE } from './layout.ts';
import { drawPeople } from './people.ts';
import { drawPipes } from './pipes.ts';
import { protectVessels } from './protections.ts';
import { ammoniaRefrigeration, aromatics, chlorine, compressorHouse, hydrogenSkid, methanolSynthesis } from './units/process.ts';
import { flare, loadingBay, lpgSpheres, tankFarms, vapourRecovery } from './units/storage.ts';
import { administration, coolingWater, fireWater, powerSubstation, steamAirNitrogen, wasteWater } from './units/utilities.ts';
import { drawWalkways } from './walkways.ts';

/**
 * 滨海化工园 Binhai Works: an invented park on the Bohai coast. The wind comes mostly from the south-south-east, so offices,
 * control building and main gate lie in the south, process units in the middle, tanks and flare in the north.
 */
export const drawBinhai = (): PlantModel => {
  const draft = createDraft();
  drawGround(draft);
  for (const unit of [ammoniaRefrigeration, compressorHouse, chlorine, aromatics, hydrogenSkid, methanolSynthesis, lpgSpheres, tankFarms, loadingBay, vapourRecovery, flare, coolingWater, fireWater, steamAirNitrogen, powerSubstation, wasteWater, administration]) unit(draft);
  drawDetectors(draft);
  drawCameras(draft);
  drawPeople(draft);
  drawStructures(draft);
  drawPipes(draft);
  protectVessels(draft);
  drawViews(draft);
  const mast = 'AD-MAST-101';
  return PlantModel.parse({
    format: 'anlan.plant/1',
    id: 'binhai',
    version: '1.0.0',
    name: { zh: '滨海化工园', en: 'Binhai Works' },
    site: { ...SITE, origin: { longitude: 117.79, latitude: 38.93 }, north: 0, timeZone: 'Asia/Shanghai', roughness: 0.3, peopleOutside: NEIGHBOURS.map(({ zh, en, at, ...rest }) => ({ ...rest, name: { zh, en }, position: [at[0], at[1]] })) },
    areas: draft.areas,
    zones: draft.zones,
    units: draft.units,
    equipment: draft.equipment,
    tags: draft.tags,
    detectors: draft.detectors,
    cameras: draft.cameras,
    people: draft.people,
    structures: draft.structures,
    pipes: draft.pipes,
    walkways: drawWalkways(),
    muster: MUSTER.map(({ id, zh, en, capacity }) => ({ id, name: { zh, en }, node: id, capacity })),
    weather: { windSpeed: `${mast}.WS`, windDirection: `${mast}.WD`, temperature: `${mast}.TT`, humidity: `${mast}.RH`, pressure: `${mast}.PA`, solarRadiation: `${mast}.SR`, cloudCover: `${mast}.CC`, rain: `${mast}.RN` },
    views: draft.views,
  });
};
