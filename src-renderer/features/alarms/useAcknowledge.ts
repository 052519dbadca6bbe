import { useCallback } from 'react';
import { useActing, useCommand } from '../../link/index.ts';

/** Acknowledges alarms; what a system that owns some of them refused is told even where others went through. */
export const useAcknowledge = (): ((ids: readonly string[]) => Promise<void>) => {
  const acknowledge = useCommand('alarms.acknowledge');
  const acting = useActing();
  return useCallback(
    async (ids) => {
      const outcome = await acknowledge({ ids: [...ids] });
      if (outcome.ok) for (const text of outcome.value.refused ?? []) acting.refused({ code: 'SourceRefused', text });
    },
    [acknowledge, acting],
  );
};
