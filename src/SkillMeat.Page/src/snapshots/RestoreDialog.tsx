import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { collectionPath, segment } from '../api/paths';
import { request } from '../api/request';
import type { Job, Restore, Snapshot } from '../api/types';
import { TypeIcon } from '../collections/TypeIcon';
import { artifactName, artifactType } from '../groups/pieceName';
import { JobCancelled } from '../jobs/JobCancelled';
import { useJobs } from '../jobs/useJobs';
import { Button } from '../ui/Button';
import { Checkbox } from '../ui/Checkbox';
import { count } from '../ui/count';
import { Dialog } from '../ui/Dialog';
import { ErrorState } from '../ui/ErrorState';
import { SkeletonRows } from '../ui/Skeleton';
import { useToast } from '../ui/useToast';
import { visibleText } from '../ui/visibleText';

/** Restores a snapshot, all of it, chosen artifacts or only one, after a look at what would change. */
export function RestoreDialog({
  collection,
  snapshot,
  only,
  onClose,
}: {
  collection: string;
  snapshot: Pick<Snapshot, 'id' | 'message' | 'created_at'>;
  only?: string;
  onClose: () => void;
}) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { run } = useJobs();
  const toast = useToast();
  const client = useQueryClient();
  const path = `${collectionPath(collection)}/snapshots/${segment(snapshot.id)}/restore`;
  const plan = useQuery({
    queryKey: [...keys.snapshot(collection, snapshot.id), 'plan', only],
    queryFn: () =>
      run(
        'Planning',
        () => request<Job<Restore>>(path, { method: 'POST', body: { dry_run: true, ...(only ? { artifacts: [only] } : {}) } }),
        { quiet: true },
      ),
    staleTime: 0,
    retry: false,
  });
  const changed = plan.data?.changed_artifacts ?? [];
  const chosen = changed.filter((one) => !left.has(one));
  const restore = useMutation({
    mutationFn: () =>
      run('Restoring the snapshot', () =>
        request<Job<Restore>>(path, { method: 'POST', body: only ? { artifacts: [only] } : left.size > 0 ? { artifacts: chosen } : {} }),
      ),
    onSuccess: (result) => {
      toast.show({
        title: only ? `${only} was restored` : 'The snapshot was restored',
        text: result.warnings[0] ?? (result.safety_snapshot_id ? 'The state before it is a snapshot, too.' : undefined),
      });
      onClose();
    },
    onError: (error) => (error instanceof JobCancelled ? undefined : toast.fail(error, 'The snapshot was not restored')),
    onSettled: () => client.invalidateQueries({ queryKey: keys.collections }),
  });
  const isSame = plan.data !== undefined && changed.length === 0 && plan.data.changed_paths.length === 0;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="md"
      title={only ? `Restore this state of ${visibleText(only)}` : 'Restore a snapshot'}
      description={`“${snapshot.message || snapshot.id}”, ${new Date(snapshot.created_at).toLocaleString()}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={restore.isPending}
            disabled={!plan.data || isSame || (changed.length > 0 && chosen.length === 0)}
            onClick={() => restore.mutate()}
          >
            {only ? 'Restore it' : left.size > 0 ? `Restore ${count(chosen.length, 'artifact')}` : 'Restore everything'}
          </Button>
        </>
      }
    >
      {plan.isPending ? (
        <SkeletonRows rows={3} label="The restore is being planned" />
      ) : plan.error ? (
        <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />
      ) : isSame ? (
        <p role="status" className="rounded-lg border border-dashed px-4 py-6 text-center text-base text-ink-3">
          {only ? 'It is already as it was then.' : 'The collection is already as it was then.'}
        </p>
      ) : (
        <>
          <p className="mb-3 text-base text-ink-2">
            {changed.length > 0
              ? `${count(changed.length, 'artifact')} would change. `
              : `${count(plan.data.changed_paths.length, 'file')} would change. `}
            A snapshot of the present state is taken first, so this can be undone.
          </p>
          {plan.data.warnings.map((one) => (
            <p key={one} className="mb-3 rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
              {one}
            </p>
          ))}
          {!only && (
            <ul aria-label="Artifacts that would change" className="divide-y rounded-xl border">
              {changed.map((one) => (
                <li key={one}>
                  <label className="flex cursor-pointer items-center gap-3 px-3 py-2 hover:bg-hover">
                    <Checkbox
                      checked={!left.has(one)}
                      onChange={(event) =>
                        setLeft((now) => {
                          const next = new Set(now);
                          if (event.target.checked) next.delete(one);
                          else next.add(one);
                          return next;
                        })
                      }
                    />
                    <TypeIcon type={artifactType(one)} />
                    <span className="min-w-0 flex-1 truncate text-base">{visibleText(artifactName(one))}</span>
                  </label>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Dialog>
  );
}
