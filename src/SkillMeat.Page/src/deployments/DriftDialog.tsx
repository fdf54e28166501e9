import { ArrowDownToLine, ArrowUpFromLine, RefreshCcwDot } from 'lucide-react';
import { DiffDialog } from '../artifact/DiffDialog';
import type { Deployment } from '../api/types';
import { useCurrentCollection } from '../shell/useCurrentCollection';
import { Button } from '../ui/Button';
import { visibleText } from '../ui/visibleText';
import { DeploymentBadge } from './DeploymentBadge';
import { deploymentStates } from './deploymentStates';
import { shortProject } from './shortProject';
import { useSync, type Direction } from './useSync';

/** How a copy in a project differs from the collection, and the ways to settle it. */
export function DriftDialog({ deployment, onClose }: { deployment: Deployment; onClose: () => void }) {
  const sync = useSync(onClose);
  const current = useCurrentCollection() ?? 'default';
  const { artifact_id: id, project, profile, state } = deployment;
  const start = (direction: Direction): void => sync.mutate({ direction, projects: [project], artifacts: [id] });
  const busy = (direction: Direction): boolean => sync.isPending && sync.variables.direction === direction;
  return (
    <DiffDialog
      collection={deployment.collection ?? current}
      id={id}
      sides={{
        from: 'collection',
        to: 'deployed',
        project,
        profile,
        title: visibleText(id),
        description: `The collection’s version and the copy in ${shortProject(project)} (${profile})`,
      }}
      onClose={onClose}
      footer={
        <>
          <Button icon={ArrowDownToLine} busy={busy('pull')} disabled={sync.isPending} onClick={() => start('pull')}>
            Pull into the project
          </Button>
          <Button icon={ArrowUpFromLine} busy={busy('push')} disabled={sync.isPending} onClick={() => start('push')}>
            Push into the collection
          </Button>
          <Button variant="primary" icon={RefreshCcwDot} busy={busy('both')} disabled={sync.isPending} onClick={() => start('both')}>
            Sync
          </Button>
        </>
      }
    >
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <DeploymentBadge state={state} />
        <p className="text-base text-ink-2">{deploymentStates[state].advice}</p>
      </div>
    </DiffDialog>
  );
}
