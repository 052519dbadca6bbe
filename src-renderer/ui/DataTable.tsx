import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { memo, useEffect, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';

export type Column<R> = { readonly id: string; readonly title: ReactNode; /** A grid track: `8rem`, `minmax(12rem, 1fr)`. */ readonly width: string; readonly number?: boolean; readonly cell: (row: R) => ReactNode };

/**
 * The one table: sticky header, virtual rows of 28 px at base size, arrow keys select, Enter opens. A row is rendered again only when it or the columns are others: keep both
 * identities where a list changes often.
 */
export const DataTable = <R,>({ columns, rows, keyOf, label, selected = null, onSelect, onOpen, onVisible, empty, rowLook }: DataTableProps<R>) => {
  const scroller = useRef<HTMLDivElement>(null);
  const rowPx = 1.75 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowPx, overscan: 8, rangeExtractor: inBlocks });
  const tracks = columns.map(({ width }) => width).join(' ');
  const at = selected === null ? -1 : rows.findIndex((row) => keyOf(row) === selected);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);
  // Wholly in sight: neither under the header, which is as high as a row, nor beyond the lower edge.
  const offset = virtual.scrollOffset ?? 0;
  const from = Math.ceil(offset / rowPx);
  const to = Math.min(rows.length, Math.floor((offset + (virtual.scrollRect?.height ?? 0)) / rowPx) - 1) - 1;
  useEffect(() => onVisible?.(from, to), [onVisible, from, to]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -rows.length, End: rows.length }[event.key];
    if (step !== undefined && rows.length > 0) {
      event.preventDefault();
      const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
      if (next !== undefined) onSelect?.(keyOf(next));
    }
    const current = rows[at];
    if (event.key === 'Enter' && current !== undefined) onOpen?.(current);
  };
  const rowAt = ({ target }: MouseEvent): R | undefined => {
    const key = target instanceof Element ? target.closest<HTMLElement>('.table-row')?.dataset['key'] : undefined;
    return key === undefined ? undefined : rows.find((row) => keyOf(row) === key);
  };
  const onClick = (event: MouseEvent) => {
    const row = rowAt(event);
    if (row !== undefined) onSelect?.(keyOf(row));
  };
  const onDoubleClick = (event: MouseEvent) => {
    const row = rowAt(event);
    if (row !== undefined) onOpen?.(row);
  };
  return (
    <div ref={scroller} className="table" role="grid" aria-label={label} aria-rowcount={rows.length} tabIndex={0} onKeyDown={onKeyDown}>
      <div className="table-head" role="row" style={{ gridTemplateColumns: tracks }}>
        {columns.map((column) => (
          <div key={column.id} role="columnheader" className={column.number ? 'number' : undefined}>
            {column.title}
          </div>
        ))}
      </div>
      {rows.length === 0 && <p className="empty">{empty}</p>}
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} onClick={onClick} onDoubleClick={onDoubleClick}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]!;
          const key = keyOf(row);
          return <Row key={key} of={row} rowKey={key} columns={columns} tracks={tracks} start={start} look={rowLook?.(row)} selected={key === selected} />;
        })}
      </div>
    </div>
  );
};

/** Rows come and go a block at a time, beyond the edges: each coming has the area around it drawn again, which would otherwise be every frame of a scroll. */
const BLOCK = 8;
const inBlocks = (range: Range): number[] => defaultRangeExtractor({ ...range, startIndex: Math.floor(range.startIndex / BLOCK) * BLOCK, endIndex: Math.min(range.count - 1, Math.ceil((range.endIndex + 1) / BLOCK) * BLOCK - 1) });

type RowProps<R> = { readonly of: R; readonly rowKey: string; readonly columns: readonly Column<R>[]; readonly tracks: string; /** Pixels below the header. */ readonly start: number; readonly look: string | undefined; readonly selected: boolean };

const Row = memo(<R,>({ of: row, rowKey, columns, tracks, start, look, selected }: RowProps<R>) => (
  <div role="row" data-key={rowKey} className="table-row" data-look={look} aria-selected={selected} style={{ gridTemplateColumns: tracks, top: start }}>
    {columns.map((column) => (
      <div key={column.id} role="gridcell" className={column.number ? 'number' : 'clip'}>
        {column.cell(row)}
      </div>
    ))}
  </div>
)) as <R>(props: RowProps<R>) => ReactNode;

export type DataTableProps<R> = {
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly keyOf: (row: R) => string;
  readonly label: string;
  readonly selected?: string | null;
  readonly onSelect?: (key: string) => void;
  readonly onOpen?: (row: R) => void;
  /** The first and last row wholly in sight, whenever that changes; `to` is below `from` when there is none. */
  readonly onVisible?: (from: number, to: number) => void;
  readonly empty: ReactNode;
  readonly rowLook?: (row: R) => string | undefined;
};
