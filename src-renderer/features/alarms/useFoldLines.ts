import { useMemo, useState } from 'react';
import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import { usePlant } from '../../link/index.ts';
import { createTopology, foldAlarms, foldLines, type FoldLine } from './folds.ts';

/** The lines of the view by cause and which folds are open; nothing is computed while it is not `wanted`. */
export const useFoldLines = (rows: readonly AlarmRow[], wanted: boolean): { readonly lines: readonly FoldLine[]; readonly isAnyHidden: boolean; readonly toggle: (first: string) => void; readonly toggleAll: () => void } => {
  const { model } = usePlant();
  const topology = useMemo(() => createTopology(model), [model]);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const folds = useMemo(() => (wanted ? foldAlarms(rows, topology) : []), [rows, topology, wanted]);
  const lines = useMemo(() => foldLines(folds, (first) => open.has(first)), [folds, open]);
  const isAnyHidden = lines.some(({ hidden }) => hidden > 0);
  return {
    lines,
    isAnyHidden,
    toggle(first) {
      const next = new Set(open);
      if (!next.delete(first)) next.add(first);
      setOpen(next);
    },
    toggleAll: () => setOpen(new Set(isAnyHidden ? folds.map(({ first }) => first.id) : [])),
  };
};
