import { CloudDownload, type LucideIcon } from 'lucide-react';
import type { DeploymentState } from '../api/types';
import { cx } from '../ui/cx';
import { tones, type Tone } from '../ui/Badge';
import type { DeploymentFilters } from './deploymentFilters';
import { deploymentStateOrder, deploymentStates } from './deploymentStates';

interface StateCountsProps {
  counts: Partial<Record<DeploymentState, number>>;
  /** The number of copies whose artifact has an update upstream, whatever their state. */
  updates: number;
  filters: Pick<DeploymentFilters, 'state' | 'update'>;
  onChange: (change: Partial<DeploymentFilters>) => void;
}

/** The number of copies in each state, and of those with an update upstream; a click shows only those. */
export function StateCounts({ counts, updates, filters: { state: chosen, update }, onChange }: StateCountsProps) {
  const shown = deploymentStateOrder.filter((state) => (counts[state] ?? 0) > 0 || state === chosen || state === 'in_sync');
  return (
    <ul
      aria-label="States"
      className="mb-4 grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-[repeat(auto-fit,minmax(7.5rem,1fr))]"
    >
      {shown.map((state) => (
        <CountTile
          key={state}
          {...deploymentStates[state]}
          count={counts[state] ?? 0}
          isChosen={chosen === state}
          onChoose={(isChosen) => onChange({ state: isChosen ? state : '' })}
        />
      ))}
      {(updates > 0 || update) && (
        <CountTile
          icon={CloudDownload}
          tone="warn"
          text="Updates upstream"
          explanation="Upstream has a newer version than the collection."
          count={updates}
          isChosen={update !== ''}
          onChoose={(isChosen) => onChange({ update: isChosen ? 'true' : '' })}
        />
      )}
    </ul>
  );
}

function CountTile({
  icon: Icon,
  tone,
  text,
  explanation,
  count,
  isChosen,
  onChoose,
}: {
  icon: LucideIcon;
  tone: Tone;
  text: string;
  explanation: string;
  count: number;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
}) {
  return (
    <li>
      <button
        type="button"
        aria-pressed={isChosen}
        title={explanation}
        onClick={() => onChoose(!isChosen)}
        className={cx(
          'flex w-full flex-col gap-1 rounded-xl border bg-surface p-3 text-left shadow-card transition-colors hover:border-line-strong',
          isChosen && 'border-accent ring-1 ring-accent',
        )}
      >
        <span className="flex items-center justify-between gap-2">
          <span className="text-xl font-semibold">{count.toLocaleString('en')}</span>
          <span className={cx('inline-flex size-7 shrink-0 items-center justify-center rounded-lg', tones[tone])}>
            <Icon aria-hidden="true" className="size-4" />
          </span>
        </span>
        <span className="w-full truncate text-sm text-ink-3">{text}</span>
      </button>
    </li>
  );
}
