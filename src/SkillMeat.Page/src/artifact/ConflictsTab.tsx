import { useIsMutating, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, GitMerge } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { artifactPath } from '../api/paths';
import { request } from '../api/request';
import type { Job, Update } from '../api/types';
import { updateToast } from '../collections/updateToast';
import { JobCancelled } from '../jobs/JobCancelled';
import { useJobs } from '../jobs/useJobs';
import { isAtArtifact, to } from '../router/route';
import { navigate } from '../router/useLocation';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { count } from '../ui/count';
import { cx } from '../ui/cx';
import { EmptyState } from '../ui/EmptyState';
import { ErrorState } from '../ui/ErrorState';
import { SkeletonRows } from '../ui/Skeleton';
import { useToast } from '../ui/useToast';
import { visibleText } from '../ui/visibleText';
import { ConflictEditor } from './ConflictEditor';
import { conflictsIn } from './conflictText';
import { useResolutions } from './useResolutions';

/** The files that both sides changed in the same place: resolved one after another, then finished together. */
export function ConflictsTab({ collection, id, onCompare }: { collection: string; id: string; onCompare: () => void }) {
  const path = artifactPath(collection, id);
  const { results, put, clear } = useResolutions(collection, id);
  const [chosen, setChosen] = useState('');
  const { run } = useJobs();
  const toast = useToast();
  const client = useQueryClient();
  const plan = useQuery({
    queryKey: keys.artifactPart(collection, id, 'plan', 'merge'),
    queryFn: async () =>
      (
        await run(
          'Planning the update',
          () => request<Job<Update[]>>(`${path}/update`, { method: 'POST', body: { strategy: 'merge', dry_run: true } }),
          { quiet: true },
        )
      )[0] ?? null,
    retry: false,
  });
  const files = [...new Set((plan.data?.conflicts ?? []).map((one) => one.path))];
  // It is known by its key, too, because the tab can be left and opened again while it runs.
  const mutationKey = keys.artifactPart(collection, id, 'finish');
  const isFinishing = useIsMutating({ mutationKey }) > 0;
  const finish = useMutation({
    mutationKey,
    mutationFn: () =>
      run('Finishing the update', () =>
        request<Job<Update[]>>(`${path}/conflict`, {
          method: 'POST',
          body: { files: files.map((file) => ({ path: file, ...results[file] })) },
        }),
      ),
    onSuccess: (updates) => {
      toast.show(updateToast(id, updates));
      // Texts that were not written are still needed.
      if (updates.some((one) => one.status === 'conflict' || one.status === 'error' || one.status === 'skipped')) return;
      clear();
      if (isAtArtifact(window.location.pathname, collection, id)) navigate(to.artifact(collection, id), { replace: true });
    },
    onError: (error) => (error instanceof JobCancelled ? undefined : toast.fail(error, 'The update was not finished')),
    onSettled: () => client.invalidateQueries({ queryKey: keys.collection(collection) }),
  });
  if (plan.isPending) return <SkeletonRows rows={3} label="The update is being planned" />;
  if (plan.data === undefined) return <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />;
  if (files.length === 0) {
    return (
      <EmptyState
        icon={CircleCheck}
        title="No conflicts"
        actions={
          <Button variant="primary" onClick={onCompare}>
            Compare and update
          </Button>
        }
      >
        The update and your edits do not touch the same lines.
      </EmptyState>
    );
  }
  const isDone = (file: string): boolean => {
    const result = results[file];
    return result !== undefined && ('take' in result || conflictsIn(result.text) === 0);
  };
  const done = files.filter(isDone).length;
  const file = files.includes(chosen) ? chosen : (files[0] ?? '');
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center gap-3 rounded-xl border bg-surface p-4 shadow-card">
        <div className="min-w-0 flex-1 basis-64" role="status">
          <p className="text-base font-medium">
            {done === files.length ? 'Everything is resolved' : `${count(files.length - done, 'file')} to resolve`}
          </p>
          <p className="text-sm text-ink-3">Nothing is written until you finish. A snapshot is taken before.</p>
        </div>
        <Button variant="primary" icon={GitMerge} busy={isFinishing} disabled={done < files.length} onClick={() => finish.mutate()}>
          Finish the update
        </Button>
      </div>
      {files.length > 1 && (
        <ul aria-label="Files with conflicts" className="flex flex-wrap gap-2">
          {files.map((one) => (
            <li key={one}>
              <button
                type="button"
                aria-current={one === file}
                onClick={() => setChosen(one)}
                className={cx(
                  'flex items-center gap-2 rounded-lg border px-3 py-1.5 font-mono text-sm',
                  one === file ? 'border-accent bg-accent-soft' : 'bg-surface hover:bg-hover',
                )}
              >
                {visibleText(one)}
                <Badge tone={isDone(one) ? 'ok' : 'bad'}>{isDone(one) ? 'Resolved' : 'Open'}</Badge>
              </button>
            </li>
          ))}
        </ul>
      )}
      <ConflictEditor
        key={file}
        collection={collection}
        id={id}
        path={file}
        result={results[file]}
        isLocked={isFinishing}
        onResult={(result) => put(file, result)}
      />
    </div>
  );
}
