import type { PlantModel } from '../../src-shared/plant/index.ts';
import { assess, groundOf, type AssessInput } from '../modules/emergency/index.ts';
import { serveWorker } from '../platform/workerSide.ts';

/** Heavy engines off the station's loop. Started with the plant model as its data. */
const { data } = serveWorker({
  methods: {
    assess: (input: AssessInput) => ({ value: assess(ground, input) }),
  },
});
const ground = groundOf(data as PlantModel);
