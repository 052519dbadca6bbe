import { createContext, use, useCallback } from 'react';
import type { Refusal } from '../../src-shared/kernel/index.ts';
import { useLink } from './hooks.tsx';
import type { CommandName, InputNamed, OutcomeNamed } from './names.ts';

/**
 * The display is always on and read-only; an action asks who acts. `identify` resolves to whether somebody signed in;
 * `refused` shows a refusal to the person.
 */
export type Acting = { identify(because: Refusal): Promise<boolean>; refused(refusal: Refusal): void };

const ActingContext = createContext<Acting | null>(null);
export const ActingProvider = ActingContext.Provider;

export const useActing = (): Acting => {
  const acting = use(ActingContext);
  if (acting === null) throw new Error('no ActingProvider above');
  return acting;
};

/** A command to call: asks who acts when the station needs to know, then tries again; shows any other refusal and returns it. */
export const useCommand = <N extends CommandName>(name: N): ((input: InputNamed<N>) => Promise<OutcomeNamed<N>>) => {
  const link = useLink();
  const acting = useActing();
  return useCallback(
    async (input) => {
      let outcome = await link.command(name, input);
      if (!outcome.ok && (outcome.refusal.code === 'NotSignedIn' || outcome.refusal.code === 'NotPermitted')) {
        if (!(await acting.identify(outcome.refusal))) return outcome;
        outcome = await link.command(name, input);
      }
      if (!outcome.ok) acting.refused(outcome.refusal);
      return outcome;
    },
    [link, acting, name],
  );
};
