import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronDown, Ellipsis, GitCompare, History, ShieldCheck, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { keys } from '../api/keys';
import { collectionPath, segment } from '../api/paths';
import { request } from '../api/request';
import type { Job, Snapshot, SnapshotCheck, SnapshotDetail } from '../api/types';
import { changeShown } from '../groups/changeShown';
import { JobCancelled } from '../jobs/JobCancelled';
import { useJobs } from '../jobs/useJobs';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { count } from '../ui/count';
import { cx } from '../ui/cx';
import { formatBytes } from '../ui/formatBytes';
import { IconButton } from '../ui/IconButton';
import { Menu, MenuItem, MenuLine } from '../ui/Menu';
import { Skeleton } from '../ui/Skeleton';
import { TimeAgo } from '../ui/TimeAgo';
import { useToast } from '../ui/useToast';
import { visibleText } from '../ui/visibleText';
import { ChangeList } from './ChangeList';

interface SnapshotCardProps {
  collection: string;
  snapshot: Snapshot;
  onRestore: () => void;
  onCompare: () => void;
}

export function SnapshotCard({ collection, snapshot, onRestore, onCompare }: SnapshotCardProps) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [isDeleting, setIsDeleting] = useState(false);
  const { run } = useJobs();
  const toast = useToast();
  const client = useQueryClient();
  const path = `${collectionPath(collection)}/snapshots/${segment(snapshot.id)}`;
  const detail = useQuery({
    queryKey: keys.snapshot(collection, snapshot.id),
    queryFn: ({ signal }) => request<SnapshotDetail>(path, { signal }),
    enabled: isOpen,
    staleTime: Infinity,
  });
  const verify = useMutation({
    mutationFn: () => run('Verifying the snapshot', () => request<Job<SnapshotCheck>>(`${path}/verify`, { method: 'POST' })),
    onSuccess: (check) =>
      toast.show(
        check.is_sound
          ? { title: 'The snapshot is sound', text: `${count(check.object_count, 'object')} were read.` }
          : { tone: 'bad', title: 'The snapshot is damaged', text: check.problems[0] },
      ),
    onError: (error) => (error instanceof JobCancelled ? undefined : toast.fail(error)),
  });
  const remove = useMutation({
    mutationFn: () => changeShown<SnapshotDetail>(path, { method: 'DELETE', isShown: (now) => now.created_at === snapshot.created_at }),
    onSuccess: () => toast.show({ title: 'The snapshot was deleted' }),
    onError: (error) => toast.fail(error, 'The snapshot was not deleted'),
    onSettled: () => {
      setIsDeleting(false);
      // Only the list: the deleted one must not be read again while it is still shown.
      return client.invalidateQueries({ queryKey: keys.snapshots(collection), exact: true });
    },
  });
  return (
    <li className="relative">
      <span
        aria-hidden="true"
        className={cx(
          'absolute top-5 -left-[1.5625rem] size-2.5 rounded-full border-2 border-canvas',
          snapshot.kind === 'manual' ? 'bg-accent' : 'bg-ink-3',
        )}
      />
      <article className="rounded-xl border bg-surface shadow-card">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 p-3.5">
          <div className="min-w-0 flex-1 basis-60">
            <h3 className="text-base font-medium wrap-anywhere">{visibleText(snapshot.message) || 'Snapshot'}</h3>
            <p className="text-sm text-ink-3">
              <TimeAgo time={snapshot.created_at} /> · {count(snapshot.artifact_count, 'artifact')}
              {snapshot.content_bytes !== null && ` · ${formatBytes(snapshot.content_bytes)} new`} ·{' '}
              <span className="font-mono text-xs whitespace-nowrap">{snapshot.id}</span>
            </p>
          </div>
          {snapshot.problem && <Badge tone="bad">Problem</Badge>}
          <Button
            size="sm"
            icon={ChevronDown}
            aria-expanded={isOpen}
            aria-controls={`${id}-changes`}
            onClick={() => setIsOpen(!isOpen)}
            className={isOpen ? '[&_svg]:rotate-180' : undefined}
          >
            Changes
          </Button>
          <Button size="sm" icon={History} onClick={onRestore}>
            Restore
          </Button>
          <Menu trigger={<IconButton label="More actions for the snapshot" icon={Ellipsis} className="size-7" />}>
            <MenuItem icon={GitCompare} onSelect={onCompare}>
              Compare
            </MenuItem>
            <MenuItem icon={ShieldCheck} onSelect={() => verify.mutate()}>
              Verify
            </MenuItem>
            <MenuLine />
            <MenuItem icon={Trash2} danger onSelect={() => setIsDeleting(true)}>
              Delete
            </MenuItem>
          </Menu>
        </div>
        {snapshot.problem && <p className="border-t px-4 py-2 text-sm text-bad">{snapshot.problem}</p>}
        <div id={`${id}-changes`} hidden={!isOpen} className="border-t p-3.5">
          {detail.isPending ? (
            <Skeleton className="h-16" />
          ) : !detail.data ? (
            <p role="alert" className="text-sm text-bad">
              {detail.error.message}
            </p>
          ) : detail.data.changes ? (
            <ChangeList changes={detail.data.changes} empty="Nothing changed since the snapshot before." />
          ) : (
            <p className="text-sm text-ink-3">This is the oldest snapshot. There is none before it to compare with.</p>
          )}
        </div>
      </article>
      <ConfirmDialog
        open={isDeleting}
        onOpenChange={setIsDeleting}
        title="Delete this snapshot?"
        description="The collection stays as it is, but this version can then no longer be restored."
        action="Delete"
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      />
    </li>
  );
}
