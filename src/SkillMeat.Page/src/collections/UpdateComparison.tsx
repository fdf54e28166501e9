import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowRight, ArrowUpCircle, CircleCheck, GitMerge, ShieldAlert, TriangleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { keys } from '../api/keys';
import { artifactPath, withQuery } from '../api/paths';
import { request, requestItems } from '../api/request';
import type { ArtifactListItem, Comparison, Deployment, Job, Update } from '../api/types';
import { JobCancelled } from '../jobs/JobCancelled';
import { useJobs } from '../jobs/useJobs';
import { Link } from '../router/Link';
import { to } from '../router/route';
import { Button } from '../ui/Button';
import { count } from '../ui/count';
import { cx } from '../ui/cx';
import { DiffView } from '../ui/DiffView';
import { ErrorState } from '../ui/ErrorState';
import { Select } from '../ui/Select';
import { Skeleton } from '../ui/Skeleton';
import { useToast } from '../ui/useToast';
import { deployedVersions } from './deployedVersions';
import { updateToast } from './updateToast';

const strategies = [
  { value: 'merge', text: 'Merge with local edits' },
  { value: 'take_upstream', text: 'Take upstream’s version' },
  { value: 'keep_local', text: 'Keep the local version' },
];

/** Deployed, collection's and upstream's version beside each other, what the update does to local edits, and its diff. */
export function UpdateComparison({
  artifact,
  onDone,
  onLeave,
}: {
  artifact: ArtifactListItem;
  onDone: () => void;
  /** The user goes to another screen. */
  onLeave: () => void;
}) {
  const { collection, artifact_id: id } = artifact;
  const path = artifactPath(collection, id);
  const [strategy, setStrategy] = useState('merge');
  const { run } = useJobs();
  const toast = useToast();
  const client = useQueryClient();
  const deployments = useQuery({
    queryKey: keys.artifactPart(collection, id, 'deployments'),
    queryFn: ({ signal }) => requestItems<Deployment>(`${path}/deployments`, { signal }),
  });
  const plan = useQuery({
    queryKey: keys.artifactPart(collection, id, 'plan', strategy),
    queryFn: async () =>
      (
        await run(
          'Planning the update',
          () => request<Job<Update[]>>(`${path}/update`, { method: 'POST', body: { strategy, dry_run: true } }),
          { quiet: true },
        )
      )[0] ?? null,
    retry: false,
  });
  const diff = useQuery({
    queryKey: keys.artifactPart(collection, id, 'diff', 'collection', 'upstream'),
    queryFn: ({ signal }) => request<Comparison>(withQuery(`${path}/diff`, { from: 'collection', to: 'upstream' }), { signal }),
    retry: false,
  });
  const update = useMutation({
    mutationFn: () =>
      run(`Updating ${artifact.name}`, () => request<Job<Update[]>>(`${path}/update`, { method: 'POST', body: { strategy } })),
    onSuccess: (results) => {
      toast.show(updateToast(artifact.name, results));
      if (results.every((one) => one.status !== 'conflict' && one.status !== 'error')) onDone();
    },
    onError: (error) => (error instanceof JobCancelled ? undefined : toast.fail(error, `${artifact.name} was not updated`)),
    onSettled: () => client.invalidateQueries({ queryKey: keys.collection(collection) }),
  });
  const isConflict = plan.data?.status === 'conflict';
  return (
    <div className="min-w-0 space-y-5">
      <div className="grid items-stretch gap-2 sm:grid-cols-[1fr_auto_1fr_auto_1fr]">
        <Version
          title="Deployed"
          version={deployedVersions(deployments.data)}
          note={
            deployments.data
              ? deployments.data.length
                ? `to ${count(new Set(deployments.data.map((one) => one.project)).size, 'project')}`
                : 'to no project'
              : undefined
          }
        />
        <Arrow />
        <Version title="Collection" version={artifact.version ?? '—'} note={artifact.ref ? `follows ${artifact.ref}` : undefined} />
        <Arrow />
        <Version title="Upstream" version={artifact.upstream_version ?? 'newer'} note="newest" isNew />
      </div>
      <div className="flex flex-wrap items-end gap-3 rounded-xl border bg-surface p-4">
        <div className="min-w-0 flex-1 basis-72" role="status">
          <Outcome plan={plan.data} isPending={plan.isPending} error={plan.error} />
        </div>
        <Select label="Local edits" className="w-56" value={strategy} options={strategies} onChoose={setStrategy} />
        {isConflict ? (
          <Button asChild variant="primary">
            <Link to={to.artifact(collection, id, 'conflicts')} onClick={onLeave}>
              Resolve the conflicts
            </Link>
          </Button>
        ) : (
          <Button variant="primary" icon={ArrowUpCircle} busy={update.isPending} disabled={plan.isPending} onClick={() => update.mutate()}>
            Update
          </Button>
        )}
      </div>
      <section aria-label="Changes from the collection to upstream">
        <h3 className="mb-2 text-base font-semibold">What changes</h3>
        {diff.isPending ? (
          <Skeleton className="h-40" />
        ) : !diff.data ? (
          <ErrorState error={diff.error} onRetry={() => void diff.refetch()} />
        ) : (
          <DiffView files={diff.data.files} />
        )}
      </section>
    </div>
  );
}

function Version({ title, version, note, isNew = false }: { title: string; version: string; note?: string | undefined; isNew?: boolean }) {
  return (
    <div className={cx('rounded-xl border p-3.5', isNew ? 'border-transparent bg-warn-soft' : 'bg-surface')}>
      <p className="text-sm text-ink-3">{title}</p>
      <p className={cx('truncate text-lg font-semibold', isNew && 'text-warn')} title={version}>
        {/^[0-9a-f]{40}$/.test(version) ? version.slice(0, 7) : version}
      </p>
      <p className="truncate text-sm text-ink-3">{note ?? '\u00a0'}</p>
    </div>
  );
}

const Arrow = () => <ArrowRight aria-hidden="true" className="size-4 self-center justify-self-center text-ink-3 max-sm:rotate-90" />;

function Outcome({ plan, isPending, error }: { plan: Update | null | undefined; isPending: boolean; error: unknown }) {
  if (isPending)
    return (
      <span className="block space-y-2">
        <span className="sr-only">The update is being planned.</span>
        <Skeleton className="h-4 w-56" />
        <Skeleton className="h-3 w-72" />
      </span>
    );
  if (error)
    return (
      <Line icon={TriangleAlert} look="text-bad" title="The update cannot be planned">
        {error instanceof Error ? error.message : ''}
      </Line>
    );
  if (!plan)
    return (
      <Line icon={CircleCheck} look="text-ok" title="Nothing to do">
        There is no update any more.
      </Line>
    );
  const files = count(plan.files_changed, 'file changes', 'files change');
  switch (plan.status) {
    case 'conflict':
      return (
        <Line icon={ShieldAlert} look="text-bad" title="Your edits and the update touch the same lines">
          {count(plan.conflicts.length, 'file')} must be resolved by you: {plan.conflicts.map((one) => one.path).join(', ')}. Nothing is
          changed until then.
        </Line>
      );
    case 'merged':
      return (
        <Line icon={GitMerge} look="text-info" title="Your edits stay">
          They are merged with the update; {files}.
        </Line>
      );
    case 'kept_local':
      return (
        <Line icon={CircleCheck} look="text-ink-2" title="Nothing changes">
          The local version stays behind upstream.
        </Line>
      );
    case 'error':
    case 'skipped':
      return (
        <Line icon={TriangleAlert} look="text-bad" title="The update is not possible">
          {plan.reason}
        </Line>
      );
    default:
      return (
        <Line icon={CircleCheck} look="text-ok" title="A safe update">
          No local edits are in its way; {files}. A snapshot is taken before.
        </Line>
      );
  }
}

function Line({ icon: Icon, look, title, children }: { icon: typeof CircleCheck; look: string; title: string; children?: ReactNode }) {
  return (
    <div className="flex gap-3">
      <Icon aria-hidden="true" className={cx('mt-0.5 size-5 shrink-0', look)} />
      <div className="min-w-0">
        <p className="text-base font-medium">{title}</p>
        <p className="text-sm wrap-anywhere text-ink-3">{children}</p>
      </div>
    </div>
  );
}
