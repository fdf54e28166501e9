import { useId, useState } from 'react';
import { Badge } from '../ui/Badge';
import { Checkbox } from '../ui/Checkbox';
import { count } from '../ui/count';
import { fieldLook } from '../ui/TextField';
import { cx } from '../ui/cx';
import { visibleText } from '../ui/visibleText';
import { TypeIcon } from './TypeIcon';

export interface Choice {
  key: string;
  name: string;
  type: string | null;
  description: string | null;
  detail: string;
  state: 'new' | 'present' | 'behind' | null;
}

const states = {
  new: null,
  present: { text: 'In the collection', tone: 'neutral' },
  behind: { text: 'Newer than yours', tone: 'warn' },
} as const;

interface ChoiceListProps {
  choices: Choice[];
  chosen: ReadonlySet<string>;
  onChoose: (keys: Iterable<string>, isChosen: boolean) => void;
}

/** What a source has, to be chosen; what is in the collection already is marked. */
export function ChoiceList({ choices, chosen, onChoose }: ChoiceListProps) {
  const [filter, setFilter] = useState('');
  const id = useId();
  const shown = choices.filter((one) => `${one.name} ${one.description ?? ''}`.toLowerCase().includes(filter.toLowerCase()));
  const open = shown.filter((one) => one.state !== 'present');
  const isAll = open.length > 0 && open.every((one) => chosen.has(one.key));
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center gap-3">
        <label className="flex items-center gap-2.5 px-3 text-sm">
          <Checkbox
            checked={isAll}
            disabled={open.length === 0}
            onChange={(event) =>
              onChoose(
                open.map((one) => one.key),
                event.target.checked,
              )
            }
          />
          {open.length > 0 ? <>All {count(open.length, 'new one')}</> : 'Nothing new here'}
        </label>
        {choices.length > 8 && (
          <input
            type="search"
            aria-label="Filter the list"
            placeholder="Filter"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            className={cx(fieldLook, 'ml-auto h-8 max-w-56')}
          />
        )}
      </div>
      <ul className="divide-y overflow-hidden rounded-xl border">
        {shown.map((one, index) => {
          const state = one.state && states[one.state];
          return (
            <li key={one.key} className="relative flex items-center gap-3 bg-surface px-3 py-2.5 has-enabled:hover:bg-hover">
              <Checkbox
                id={`${id}-${index}`}
                checked={chosen.has(one.key)}
                disabled={one.state === 'present'}
                onChange={(event) => onChoose([one.key], event.target.checked)}
              />
              <TypeIcon type={one.type ?? 'unknown'} />
              <label htmlFor={`${id}-${index}`} className="min-w-0 flex-1 after:absolute after:inset-0">
                <span className="block truncate text-base font-medium">{visibleText(one.name)}</span>
                <span className="block truncate text-sm text-ink-3">{visibleText(one.description ?? one.detail)}</span>
              </label>
              {state && <Badge tone={state.tone}>{state.text}</Badge>}
            </li>
          );
        })}
      </ul>
      {shown.length === 0 && <p className="py-6 text-center text-base text-ink-3">Nothing fits the filter.</p>}
    </div>
  );
}
