import type { DeploymentState } from '../api/types';
import { cx } from '../ui/cx';
import { deploymentStateOrder, deploymentStates } from './deploymentStates';
import { tones } from '../ui/Badge';

/** The number of copies in each state; a click shows only those. */
export function StateCounts({
  counts,
  chosen,
  onChoose,
}: {
  counts: Partial<Record<DeploymentState, number>>;
  chosen: DeploymentState | '';
  onChoose: (state: DeploymentState | '') => void;
}) {
  const shown = deploymentStateOrder.filter((state) => (counts[state] ?? 0) > 0 || state === chosen || state === 'in_sync');
  return (
    <ul
      aria-label="States"
      className="mb-4 grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-[repeat(auto-fit,minmax(7.5rem,1fr))]"
    >
      {shown.map((state) => {
        const { text, icon: Icon, tone, explanation } = deploymentStates[state];
        const isChosen = chosen === state;
        return (
          <li key={state}>
            <button
              type="button"
              aria-pressed={isChosen}
              title={explanation}
              onClick={() => onChoose(isChosen ? '' : state)}
              className={cx(
                'flex w-full flex-col gap-1 rounded-xl border bg-surface p-3 text-left shadow-card transition-colors hover:border-line-strong',
                isChosen && 'border-accent ring-1 ring-accent',
              )}
            >
              <span className="flex items-center justify-between gap-2">
                <span className="text-xl font-semibold">{(counts[state] ?? 0).toLocaleString('en')}</span>
                <span className={cx('inline-flex size-7 shrink-0 items-center justify-center rounded-lg', tones[tone])}>
                  <Icon aria-hidden="true" className="size-4" />
                </span>
              </span>
              <span className="w-full truncate text-sm text-ink-3">{text}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
