import { ArrowLeft, ArrowUpCircle, CornerUpRight, Rocket, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ApiProblem } from '../api/ApiProblem';
import type { Artifact, ArtifactListItem } from '../api/types';
import { MoveDialog } from '../collections/MoveDialog';
import { StateBadge } from '../collections/StateBadge';
import { TypeIcon } from '../collections/TypeIcon';
import { typeName } from '../collections/typeNames';
import { UpdatesDialog } from '../collections/UpdatesDialog';
import { DeployDialog } from '../deployments/DeployDialog';
import { Link } from '../router/Link';
import { to } from '../router/route';
import { navigate } from '../router/useLocation';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { ErrorState } from '../ui/ErrorState';
import { Skeleton } from '../ui/Skeleton';
import { Tab, Tabs } from '../ui/Tabs';
import { visibleText } from '../ui/visibleText';
import { ArtifactMenu } from './ArtifactMenu';
import { ConflictsTab } from './ConflictsTab';
import { DeploymentsTab } from './DeploymentsTab';
import { EditDialog } from './EditDialog';
import { FilesTab } from './FilesTab';
import { GoneDialog } from './GoneDialog';
import { HistoryTab } from './HistoryTab';
import { OverviewTab } from './OverviewTab';
import { RemoveDialog } from './RemoveDialog';
import { useArtifact } from './useArtifact';

const tabs = ['overview', 'files', 'history', 'deployments', 'conflicts'] as const;
const names = { overview: 'Overview', files: 'Files', history: 'History', deployments: 'Deployments', conflicts: 'Conflicts' };

export function ArtifactPage({ collection, id, tab }: { collection: string; id: string; tab: string | null }) {
  const { data, error, isPending, refetch } = useArtifact(collection, id);
  const [open, setOpen] = useState<'update' | 'deploy' | 'edit' | 'move' | 'remove' | 'gone' | null>(null);
  const back = (
    <Link
      to={to.collection(collection)}
      className="mb-4 inline-flex items-center gap-1.5 rounded text-sm font-medium text-ink-3 hover:text-ink"
    >
      <ArrowLeft aria-hidden="true" className="size-4" />
      All artifacts
    </Link>
  );
  if (isPending)
    return (
      <>
        {back}
        <div role="status" className="space-y-3">
          <span className="sr-only">The artifact is loading</span>
          <Skeleton className="h-12 w-80" />
          <Skeleton className="h-4 w-112 max-w-full" />
          <Skeleton className="mt-8 h-72" />
        </div>
      </>
    );
  // One that is gone is no longer shown, whatever else fails; but what somebody types into its dialog stays until he closes it.
  const isGone = error instanceof ApiProblem && error.status === 404;
  if (!data || (isGone && open !== 'edit'))
    return (
      <>
        {back}
        <ErrorState isScreen error={error} onRetry={() => void refetch()} />
      </>
    );
  const artifact = data.body;
  const state = artifact.update?.state ?? 'unknown';
  const shown = tabs.filter((one) => one !== 'conflicts' || state === 'update_available' || tab === 'conflicts');
  const current = shown.find((one) => one === tab) ?? 'overview';
  const close = (): void => setOpen(null);
  return (
    <>
      {back}
      <header className="mb-5 flex flex-wrap items-start gap-x-4 gap-y-3">
        <TypeIcon type={artifact.type} large />
        <div className="min-w-0 flex-1 basis-64">
          <h1 tabIndex={-1} className="text-2xl font-semibold tracking-tight wrap-anywhere outline-none">
            {visibleText(artifact.title ?? artifact.name)}
          </h1>
          <div className="mt-1 flex flex-wrap items-center gap-1.5">
            <Badge>{typeName(artifact.type).one}</Badge>
            {artifact.version && <Badge>{visibleText(artifact.version)}</Badge>}
            <StateBadge state={state} name={artifact.name} isLocal={artifact.upstream === null} onCompare={() => setOpen('update')} />
            {artifact.deprecated && <Badge tone="bad">Deprecated</Badge>}
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {state === 'update_available' && (
            <Button variant="primary" icon={ArrowUpCircle} onClick={() => setOpen('update')}>
              Update
            </Button>
          )}
          {state === 'moved' && (
            <Button icon={CornerUpRight} onClick={() => setOpen('update')}>
              Follow the move
            </Button>
          )}
          {state === 'deleted' && (
            <Button icon={Trash2} onClick={() => setOpen('gone')}>
              Remove it here, too
            </Button>
          )}
          <Button icon={Rocket} onClick={() => setOpen('deploy')}>
            Deploy
          </Button>
          <ArtifactMenu artifact={artifact} onOpen={setOpen} />
        </div>
        {artifact.description && <p className="w-full max-w-4xl text-lg text-ink-2">{visibleText(artifact.description)}</p>}
      </header>
      <Tabs
        label="About the artifact"
        value={current}
        tabs={shown.map((one) => ({ value: one, text: names[one] }))}
        onChoose={(chosen) => navigate(to.artifact(collection, id, chosen === 'overview' ? undefined : chosen), { replace: true })}
      >
        <Tab value="overview">
          <OverviewTab artifact={artifact} />
        </Tab>
        <Tab value="files">
          <FilesTab collection={collection} id={id} />
        </Tab>
        <Tab value="history">
          <HistoryTab collection={collection} id={id} />
        </Tab>
        <Tab value="deployments">
          <DeploymentsTab collection={collection} id={id} onDeploy={() => setOpen('deploy')} />
        </Tab>
        {shown.includes('conflicts') && (
          <Tab value="conflicts">
            <ConflictsTab collection={collection} id={id} onCompare={() => setOpen('update')} />
          </Tab>
        )}
      </Tabs>
      {open === 'update' && <UpdatesDialog collection={collection} only={listed(artifact)} onClose={close} />}
      {open === 'deploy' && <DeployDialog collection={collection} artifacts={[id]} onClose={close} />}
      {open === 'edit' && <EditDialog artifact={artifact} version={data.version} isGone={isGone} onClose={close} />}
      {open === 'move' && (
        <MoveDialog collection={collection} ids={[id]} onClose={close} onMoved={() => navigate(to.collection(collection))} />
      )}
      {open === 'gone' && <GoneDialog artifact={artifact} onClose={close} />}
      <RemoveDialog artifact={artifact} open={open === 'remove'} onClose={close} />
    </>
  );
}

const listed = (artifact: Artifact): ArtifactListItem => ({
  ...artifact,
  state: artifact.update?.state ?? 'unknown',
  upstream_version: artifact.update?.upstream_version ?? null,
  checked_at: artifact.update?.checked_at ?? null,
  deployments: artifact.update?.deployments ?? 0,
  drifted: artifact.update?.drifted ?? 0,
});
