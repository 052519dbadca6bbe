import type { PlantModel } from '../../src-shared/plant/index.ts';
import { trialReport, verify } from '../modules/consequence/index.ts';
import { assess, groundOf, rehearsal, type AssessInput } from '../modules/emergency/index.ts';
import { createFieldEngine, escalationOf, type FieldInput } from '../modules/risk/index.ts';
import { serveWorker } from '../platform/workerSide.ts';

/** Heavy engines off the station's loop. Started with the plant model as its data; one for emergencies and one for risk, so that neither waits for the other. */
const { data } = serveWorker({
  methods: {
    /** Runs the whole chain on nothing real, so that the first emergency does not wait for code to be compiled. */
    warmUp: () => {
      for (let run = 0; run < 3; run += 1) assess((ground ??= groundOf(plant)), rehearsal(plant));
      return { value: null };
    },
    assess: (input: AssessInput) => ({ value: assess((ground ??= groundOf(plant)), input) }),
    /** The checks of the validation page, on the code that answers here. */
    verify: () => ({ value: verify() }),
    trials: () => ({ value: trialReport() }),
    riskField(input: FieldInput) {
      const output = (riskField ??= createFieldEngine(plant))(input);
      return { value: output, transfer: [output, output.outer].flatMap(({ perYear, standing }) => [perYear.buffer as ArrayBuffer, standing.buffer as ArrayBuffer]) };
    },
    escalation: (input: Parameters<typeof escalationOf>[1]) => ({ value: escalationOf(plant, input) }),
  },
});
const plant = data as PlantModel;
let ground: ReturnType<typeof groundOf> | undefined;
let riskField: ReturnType<typeof createFieldEngine> | undefined;
