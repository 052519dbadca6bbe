import { useCallback, useMemo, useState } from 'react';
import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import { usePlant } from '../../link/index.ts';
import { createTopology, foldAlarms, foldKeys, foldLines, type FoldLine } from './folds.ts';

/** The lines of the view by cause and which folds are open; nothing is computed while it is not `wanted`. */
export const useFoldLines = (rows: readonly AlarmRow[], wanted: boolean): { readonly lines: readonly FoldLine[]; readonly isAnyHidden: boolean; readonly toggle: (key: string) => void; readonly toggleAll: () => void } => {
  const { model } = usePlant();
  const topology = useMemo(() => createTopology(model), [model]);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const folds = useMemo(() => (wanted ? foldAlarms(rows, topology) : []), [rows, topology, wanted]);
  const lines = useMemo(() => foldLines(folds, topology, (key) => open.has(key)), [folds, topology, open]);
  // Keeps its identity: it is in the columns, which all rows are rendered again for.
  const toggle = useCallback((key: string) => {
    setOpen((open) => {
      const next = new Set(open);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }, []);
  const isAnyHidden = lines.some(({ hidden }) => hidden > 0);
  return {
    lines,
    isAnyHidden,
    toggle,
    toggleAll: () => setOpen(new Set(isAnyHidden ? foldKeys(folds, topology) : [])),
  };
};
