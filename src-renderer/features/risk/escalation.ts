import { useMemo } from 'react';
import type { Escalation } from '../../../src-shared/contract/index.ts';
import { useQuery, useTick } from '../../link/index.ts';
import { NO_RINGS, type BlastRing } from '../../scene/twinProps.ts';

/** Asked again this often: the wind turns and levels move. */
const AGAIN_MS = 30_000;

/** What a leak of an item would set off (or one of so many kg/s does), in the weather of now; null while it is not known, or where nothing burns. */
export const useEscalation = (equipment: string | null, rateKgS: number | null = null): Escalation | null => {
  // Two figures: an estimate that trembles asks nothing new.
  const rate = rateKgS === null || rateKgS <= 0 ? {} : { rateKgS: Number(Math.min(1_000, rateKgS).toPrecision(2)) };
  const answer = useQuery('risk.escalation', equipment === null ? null : { equipment, ...rate }, useTick(AGAIN_MS));
  const found = answer.state === 'answered' ? answer.value : null;
  // The answer for the one before stays until the next comes.
  return found?.equipment === equipment ? found : null;
};

/** The blast of an item as bands around it. */
export const useBlastRings = (equipment: string | null): readonly BlastRing[] => {
  const found = useEscalation(equipment);
  return useMemo(() => (found === null ? NO_RINGS : ringsOf(found)), [found]);
};

export const ringsOf = ({ position, explosion }: Pick<Escalation, 'position' | 'explosion'>): readonly BlastRing[] => explosion?.rings.map(({ overpressure, reachM }) => ({ centre: position, kilopascal: overpressure / 1_000, reachM })) ?? NO_RINGS;
