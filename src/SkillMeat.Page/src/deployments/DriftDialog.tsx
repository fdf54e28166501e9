import { ArrowDownToLine, ArrowUpFromLine, RefreshCcwDot } from 'lucide-react';
import { useState } from 'react';
import { DiffDialog } from '../artifact/DiffDialog';
import type { DeploymentState, Sync } from '../api/types';
import { useCurrentCollection } from '../shell/useCurrentCollection';
import { Button } from '../ui/Button';
import { visibleText } from '../ui/visibleText';
import { AdoptDialog } from './AdoptDialog';
import type { Copy } from './byPlace';
import { DeploymentBadge } from './DeploymentBadge';
import { deploymentStates } from './deploymentStates';
import { directions, type Direction } from './directions';
import { placeName, projectOf } from './ownFolders';
import { ResolveConfirm, resolvers, type Resolver } from './ResolveConfirm';
import { canTakeSide } from './syncToast';
import { useSync } from './useSync';

interface DriftDialogProps {
  deployment: Copy & { state: DeploymentState };
  onDone?: (results: Sync[]) => void;
  onClose: () => void;
}

/** How a copy in a project differs from the collection, and the ways to settle it. */
export function DriftDialog(props: DriftDialogProps) {
  const current = useCurrentCollection() ?? 'default';
  const { deployment, onClose } = props;
  return deployment.state === 'added' || deployment.state === 'orphaned' ? (
    <AdoptDialog copy={deployment} collection={current} onClose={onClose} />
  ) : (
    <SettleDialog {...props} current={current} />
  );
}

function SettleDialog({ deployment, onDone, onClose, current }: DriftDialogProps & { current: string }) {
  const [side, setSide] = useState<Resolver | null>(null);
  const sync = useSync((results) => {
    onDone?.(results);
    setSide(null);
    // This dialog settles conflicts.
    if (!results.some((one) => one.status === 'conflict')) onClose();
  });
  const { artifact_id: id, profile } = deployment;
  const open = sync.data?.find((one) => one.status === 'conflict');
  const isSided = open ? canTakeSide(open) : deployment.state === 'conflict';
  const state = isSided ? 'conflict' : deployment.state;
  const start = (direction: Direction): void => sync.mutate({ direction, copies: [deployment] });
  const busy = (direction: Direction): boolean => sync.isPending && !sync.variables.resolve_with && sync.variables.direction === direction;
  return (
    <DiffDialog
      collection={deployment.collection ?? current}
      id={id}
      sides={{
        from: 'collection',
        to: 'deployed',
        project: projectOf(deployment),
        profile,
        title: visibleText(id),
        description: `The collection’s version and the copy in ${placeName(deployment)} (${profile})`,
      }}
      onClose={onClose}
      footer={
        <>
          <Button icon={ArrowDownToLine} busy={busy('push')} disabled={sync.isPending} onClick={() => start('push')}>
            {directions.push.text}
          </Button>
          <Button icon={ArrowUpFromLine} busy={busy('pull')} disabled={sync.isPending} onClick={() => start('pull')}>
            {directions.pull.text}
          </Button>
          <Button variant="primary" icon={RefreshCcwDot} busy={busy('both')} disabled={sync.isPending} onClick={() => start('both')}>
            Sync
          </Button>
        </>
      }
    >
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <DeploymentBadge state={state} />
        <p className="text-base text-ink-2">
          {open && !isSided && open.reason ? visibleText(open.reason) : deploymentStates[state].advice}
        </p>
        {isSided &&
          (['project', 'collection'] as const).map((one) => (
            <Button key={one} size="sm" disabled={sync.isPending} onClick={() => setSide(one)}>
              {resolvers[one].text}
            </Button>
          ))}
      </div>
      <ResolveConfirm
        side={side}
        busy={sync.isPending}
        onConfirm={(one) => sync.mutate({ direction: 'both', resolve_with: one, copies: [deployment] })}
        onClose={() => setSide(null)}
      />
    </DiffDialog>
  );
}
