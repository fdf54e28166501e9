import type { KeyboardEvent } from 'react';
import type { ArtifactListItem } from '../api/types';
import { Checkbox } from '../ui/Checkbox';
import { VirtualRows } from '../ui/VirtualRows';
import { ArtifactRow, columns } from './ArtifactRow';
import type { Filters, Sort } from './filters';

export interface ArtifactListProps {
  artifacts: ArtifactListItem[];
  total: number;
  filters: Filters;
  selected: ReadonlySet<string>;
  onSelect: (ids: Iterable<string>, isSelected: boolean) => void;
  onCompare: (artifact: ArtifactListItem) => void;
  onSort: (sort: Sort) => void;
  onNearEnd: (() => void) | undefined;
}

/** The arrow keys go from row to row; only the rows in sight are drawn. */
export function moveInList(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const from = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
  if (step === undefined || !from || (event.target as HTMLElement).tagName === 'SELECT') return;
  const next = event.currentTarget.querySelector<HTMLElement>(`[data-index="${Number(from.dataset.index) + step}"] [data-main]`);
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

export function ArtifactTable({ artifacts, total, filters, selected, onSelect, onCompare, onSort, onNearEnd }: ArtifactListProps) {
  const isAll = artifacts.length > 0 && artifacts.every((one) => selected.has(one.artifact_id));
  const head = (text: string, sort?: Sort) => (
    <span
      role="columnheader"
      aria-sort={sort === undefined ? undefined : filters.sort === sort ? (filters.order === 'asc' ? 'ascending' : 'descending') : 'none'}
    >
      {sort ? (
        <button type="button" onClick={() => onSort(sort)} className="rounded hover:text-ink">
          {text}
          {filters.sort === sort && <span aria-hidden="true"> {filters.order === 'asc' ? '↑' : '↓'}</span>}
        </button>
      ) : (
        text
      )}
    </span>
  );
  return (
    <div
      role="table"
      aria-label="Artifacts"
      aria-rowcount={total + 1}
      className="overflow-clip rounded-xl border bg-surface shadow-card"
      onKeyDown={moveInList}
    >
      <div role="rowgroup" className="sticky -top-px z-10 border-b bg-surface max-md:hidden">
        <div role="row" aria-rowindex={1} className={`${columns} h-10 text-sm font-medium text-ink-3`}>
          <span role="columnheader" className="flex">
            <Checkbox
              aria-label="Select all loaded artifacts"
              checked={isAll}
              onChange={(event) =>
                onSelect(
                  artifacts.map((one) => one.artifact_id),
                  event.target.checked,
                )
              }
            />
          </span>
          {head('Name', 'name')}
          {head('Type', 'type')}
          <span role="columnheader" className="max-xl:hidden">
            Tags
          </span>
          {head('Version')}
          <span role="columnheader" className="max-2xl:hidden">
            Origin
          </span>
          <span role="columnheader" className="max-lg:hidden">
            Deployed
          </span>
          {head('Status', 'state')}
        </div>
      </div>
      <VirtualRows
        role="rowgroup"
        count={artifacts.length}
        height={60}
        onNearEnd={onNearEnd}
        render={(index) => {
          const one = artifacts[index];
          return (
            one && (
              <ArtifactRow
                artifact={one}
                index={index}
                isSelected={selected.has(one.artifact_id)}
                onSelect={onSelect}
                onCompare={onCompare}
              />
            )
          );
        }}
      />
    </div>
  );
}
