import { useCallback } from 'react';
import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import { useDesk, usePlant } from '../../link/index.ts';

/** One action from an alarm to its unit display with the tag's detail open (screens.md: at most three). System alarms lead to diagnostics. */
export const useGoTo = (): ((alarm: Pick<AlarmRow, 'tag' | 'equipment' | 'zone'>) => void) => {
  const desk = useDesk();
  const plant = usePlant();
  return useCallback(
    ({ tag, equipment, zone }) => {
      const unit = plant.equipment(equipment)?.unit ?? plant.model.units.find((each) => each.zone === zone)?.id;
      if (plant.tag(tag) === undefined && unit === undefined) return desk.show('diagnostics');
      desk.show('units', unit ?? null);
      if (plant.tag(tag) !== undefined) desk.open({ kind: 'tag', id: tag });
    },
    [desk, plant],
  );
};
