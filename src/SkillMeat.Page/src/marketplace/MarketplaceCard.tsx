import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { segment } from '../api/paths';
import { request } from '../api/request';
import type { Job, Marketplace, MarketplaceResult } from '../api/types';
import { JobCancelled } from '../jobs/JobCancelled';
import { useJobs } from '../jobs/useJobs';
import { Badge } from '../ui/Badge';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { count } from '../ui/count';
import { cx } from '../ui/cx';
import { IconButton } from '../ui/IconButton';
import { Menu, MenuItem, MenuLine } from '../ui/Menu';
import { TimeAgo } from '../ui/TimeAgo';
import { useToast } from '../ui/useToast';
import { visibleText } from '../ui/visibleText';

export function MarketplaceCard({
  marketplace: one,
  isChosen,
  onChoose,
  onRemoved,
}: {
  marketplace: Marketplace;
  isChosen: boolean;
  onChoose: () => void;
  onRemoved: () => void;
}) {
  const [isRemoving, setIsRemoving] = useState(false);
  const { run } = useJobs();
  const toast = useToast();
  const client = useQueryClient();
  const path = `/cache/marketplaces/${segment(one.name)}`;
  const again = () => client.invalidateQueries({ queryKey: keys.marketplaces });
  const update = useMutation({
    mutationFn: () => run(`Updating ${one.name}`, () => request<Job<MarketplaceResult[]>>(`${path}/update`, { method: 'POST' })),
    // The job succeeds where the marketplace could not be read: its former list stays.
    onSuccess: ([result]) =>
      result?.status === 'error'
        ? toast.show({ tone: 'bad', title: `${one.name} was not updated`, text: result.reason ?? undefined })
        : toast.show({ title: result?.status === 'unchanged' ? `${one.name} is up to date` : `${one.name} was updated` }),
    onError: (error) => (error instanceof JobCancelled ? undefined : toast.fail(error, `${one.name} was not updated`)),
    onSettled: again,
  });
  const remove = useMutation({
    mutationFn: () => request(path, { method: 'DELETE' }),
    onSuccess: () => {
      toast.show({ title: `${one.name} was removed` });
      onRemoved();
    },
    onError: (error) => toast.fail(error),
    onSettled: () => {
      setIsRemoving(false);
      return again();
    },
  });
  return (
    <article
      className={cx(
        'relative rounded-xl border bg-surface p-3.5 shadow-card transition-colors hover:border-line-strong',
        isChosen && 'border-accent ring-1 ring-accent',
      )}
    >
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <h3>
            <button
              type="button"
              aria-pressed={isChosen}
              onClick={onChoose}
              className="block max-w-full truncate text-left text-base font-semibold after:absolute after:inset-0 after:rounded-xl"
            >
              {visibleText(one.name)}
              <span className="sr-only">: show only its artifacts</span>
            </button>
          </h3>
          <p className="truncate font-mono text-xs text-ink-3" title={one.source}>
            {visibleText(one.source)}
          </p>
        </div>
        <div className="relative z-1 -mt-1 -mr-1 flex">
          <IconButton
            label={`Update ${one.name}`}
            icon={RefreshCw}
            busy={update.isPending}
            className="size-8"
            onClick={() => update.mutate()}
          />
          <Menu trigger={<IconButton label={`More actions for ${one.name}`} icon={Ellipsis} className="size-8" />}>
            <MenuItem icon={RefreshCw} disabled={update.isPending} onSelect={() => update.mutate()}>
              Update
            </MenuItem>
            <MenuLine />
            <MenuItem icon={Trash2} danger onSelect={() => setIsRemoving(true)}>
              Remove
            </MenuItem>
          </Menu>
        </div>
      </div>
      {one.description && <p className="mt-2 text-sm text-ink-2">{visibleText(one.description)}</p>}
      <p className="mt-2 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-3">
        <span>
          {one.artifacts !== null && `${count(one.artifacts, 'artifact')} · `}read <TimeAgo time={one.updated_at} />
        </span>
        {one.is_stale && <Badge tone="warn">Old</Badge>}
      </p>
      {one.problem && <p className="mt-2 text-sm text-bad">{one.problem}</p>}
      <ConfirmDialog
        open={isRemoving}
        onOpenChange={setIsRemoving}
        title={`Remove ${one.name}?`}
        description="Its artifacts are no longer offered. Those that you added stay."
        action="Remove"
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      />
    </article>
  );
}
