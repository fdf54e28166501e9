import { useQuery } from '@tanstack/react-query';
import { GitCompare, Rocket } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { artifactPath } from '../api/paths';
import { requestItems } from '../api/request';
import { watched } from '../api/watched';
import type { Deployment } from '../api/types';
import { DeploymentBadge } from '../deployments/DeploymentBadge';
import { DriftDialog } from '../deployments/DriftDialog';
import { shortProject } from '../deployments/shortProject';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';
import { ErrorState } from '../ui/ErrorState';
import { SkeletonRows } from '../ui/Skeleton';
import { TimeAgo } from '../ui/TimeAgo';
import { visibleText } from '../ui/visibleText';

/** Where the artifact is deployed, and how its copies differ. */
export function DeploymentsTab({ collection, id, onDeploy }: { collection: string; id: string; onDeploy: () => void }) {
  const [open, setOpen] = useState<Deployment | null>(null);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: keys.artifactPart(collection, id, 'deployments'),
    queryFn: ({ signal }) => requestItems<Deployment>(`${artifactPath(collection, id)}/deployments`, { signal }),
    ...watched,
  });
  if (isPending) return <SkeletonRows rows={3} label="The deployments are loading" />;
  if (!data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data.length === 0)
    return (
      <EmptyState
        icon={Rocket}
        title="Not deployed"
        actions={
          <Button variant="primary" icon={Rocket} onClick={onDeploy}>
            Deploy
          </Button>
        }
      >
        Deploy it to a project to use it there.
      </EmptyState>
    );
  return (
    <>
      <ul className="divide-y overflow-hidden rounded-xl border bg-surface shadow-card">
        {data.map((one) => (
          <li key={`${one.project} ${one.profile}`} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
            <div className="min-w-0 flex-1 basis-56">
              <p className="truncate text-base font-medium">{visibleText(shortProject(one.project))}</p>
              <p className="truncate font-mono text-xs text-ink-3" title={one.path}>
                {visibleText(one.path)}
              </p>
            </div>
            <p className="text-sm text-ink-3">
              {one.profile}
              {one.version && ` · ${one.version}`} · <TimeAgo time={one.deployed_at} />
            </p>
            <DeploymentBadge state={one.state} />
            {one.state !== 'in_sync' && (
              <Button size="sm" icon={GitCompare} onClick={() => setOpen(one)}>
                See the drift
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open && <DriftDialog deployment={open} onClose={() => setOpen(null)} />}
    </>
  );
}
