import { ArrowDown, ArrowUp, LayoutGrid, Rows3, SlidersHorizontal, X } from 'lucide-react';
import { useState } from 'react';
import type { ArtifactFacets, Group } from '../api/types';
import { Button } from '../ui/Button';
import { IconButton } from '../ui/IconButton';
import { Segmented } from '../ui/Segmented';
import { Select } from '../ui/Select';
import { cx } from '../ui/cx';
import { isFiltered, sortOf, sorts, usualOrder, withoutFilters, type Filters, type Sort } from './filters';
import { SearchField } from './SearchField';
import { knownTypes, typeName } from './typeNames';
import { stateOrder, updateStates } from './updateStates';
import type { View } from './useView';

const sortNames: Record<Sort, string> = {
  name: 'Sort by name',
  type: 'Sort by type',
  date: 'Sort by date',
  state: 'Sort by update status',
};
const views = [
  { value: 'table', text: 'Table', icon: Rows3, iconOnly: true },
  { value: 'cards', text: 'Cards', icon: LayoutGrid, iconOnly: true },
] as const;

interface ArtifactToolbarProps {
  filters: Filters;
  onFilter: (change: Partial<Filters>) => void;
  view: View;
  onView: (view: View) => void;
  /** What the whole collection has. */
  facets: ArtifactFacets | undefined;
  groups: Group[];
}

export function ArtifactToolbar({ filters, onFilter, view, onView, facets, groups }: ArtifactToolbarProps) {
  const [isOpen, setIsOpen] = useState(false);
  const types = [...new Set([...knownTypes, ...(facets?.types ?? []).map((one) => one.value), ...(filters.type ? [filters.type] : [])])];
  const groupNames = [...new Set([...groups.map((one) => one.name), ...(filters.group ? [filters.group] : [])])];
  const chosen = [filters.type, filters.tag, filters.group, filters.state, filters.origin].filter(Boolean).length;
  const Direction = filters.order === 'asc' ? ArrowUp : ArrowDown;
  return (
    <div role="search" aria-label="Artifacts" className="mb-4 flex flex-wrap items-center gap-2">
      <SearchField
        label="Search artifacts"
        value={filters.q}
        onSearch={(q) => onFilter({ q })}
        className="min-w-0 flex-1 basis-52 sm:max-w-md"
      />
      <Button icon={SlidersHorizontal} className="md:hidden" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        Filters{chosen > 0 && ` (${chosen})`}
      </Button>
      <div className={cx('ml-auto flex items-center gap-2 2xl:order-last', !isOpen && 'max-md:hidden')}>
        <Select
          label="Sort"
          hideLabel
          className="w-48"
          value={filters.sort}
          options={sorts.map((one) => ({
            value: one,
            text: one === 'name' && sortOf(filters) === 'relevance' ? 'Best match first' : sortNames[one],
          }))}
          onChoose={(sort) => onFilter({ sort: sort as Sort, order: usualOrder(sort as Sort) })}
        />
        <IconButton
          bordered
          icon={Direction}
          label={filters.order === 'asc' ? 'Ascending. Sort descending' : 'Descending. Sort ascending'}
          onClick={() => onFilter({ order: filters.order === 'asc' ? 'desc' : 'asc' })}
        />
        <Segmented label="View" value={view} options={views} onChoose={onView} className="max-md:hidden" />
      </div>
      <div className={cx('grid w-full grid-cols-2 items-center gap-2 md:flex md:flex-wrap 2xl:w-auto', !isOpen && 'max-md:hidden')}>
        <Choice
          label="Type"
          all="All types"
          value={filters.type}
          values={types.map((one) => ({ value: one, text: typeName(one).many }))}
          onChoose={(type) => onFilter({ type })}
        />
        <Choice
          label="Status"
          all="Every status"
          value={filters.state}
          values={stateOrder.map((one) => ({ value: one, text: updateStates[one].text }))}
          onChoose={(state) => onFilter({ state: state as Filters['state'] })}
        />
        <Choice
          label="Group"
          all="All groups"
          value={filters.group}
          values={groupNames.map((one) => ({ value: one, text: one }))}
          onChoose={(group) => onFilter({ group })}
        />
        <Choice
          label="Tag"
          all="All tags"
          value={filters.tag}
          values={counted(facets?.tags, filters.tag)}
          onChoose={(tag) => onFilter({ tag })}
        />
        <Choice
          label="Origin"
          all="Every origin"
          value={filters.origin}
          values={counted(facets?.origins, filters.origin)}
          onChoose={(origin) => onFilter({ origin })}
        />
        {isFiltered(filters) && (
          <Button variant="ghost" icon={X} onClick={() => onFilter(withoutFilters(filters))}>
            Clear
          </Button>
        )}
      </div>
    </div>
  );
}

/** The values with their numbers; the chosen one is among them, also if nothing has it any more. */
function counted(values: ArtifactFacets['tags'] = [], chosen: string): { value: string; text: string }[] {
  const options = values.map((one) => ({ value: one.value, text: `${one.value} (${one.count})` }));
  const known = values.find((one) => one.value.toLowerCase() === chosen.toLowerCase());
  if (!chosen || known?.value === chosen) return options;
  return [...options.filter((one) => one.value !== known?.value), { value: chosen, text: known ? `${chosen} (${known.count})` : chosen }];
}

function Choice({
  label,
  all,
  value,
  values,
  onChoose,
}: {
  label: string;
  all: string;
  value: string;
  values: { value: string; text: string }[];
  onChoose: (value: string) => void;
}) {
  return (
    <Select
      label={label}
      hideLabel
      className={cx('md:w-40', value && '[&_select]:border-accent [&_select]:text-accent')}
      value={value}
      options={[{ value: '', text: all }, ...values]}
      onChoose={onChoose}
    />
  );
}
