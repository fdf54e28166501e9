import { ArrowUpCircle, CircleCheck } from 'lucide-react';
import { useState } from 'react';
import type { ArtifactListItem } from '../api/types';
import { artifactName } from '../groups/pieceName';
import { Button } from '../ui/Button';
import { count } from '../ui/count';
import { cx } from '../ui/cx';
import { Dialog } from '../ui/Dialog';
import { EmptyState } from '../ui/EmptyState';
import { Select } from '../ui/Select';
import { SkeletonRows } from '../ui/Skeleton';
import { TypeIcon } from './TypeIcon';
import { UpdateComparison } from './UpdateComparison';
import { useUpdates } from './useArtifacts';
import { useUpdateMany } from './useUpdateMany';
import { VersionText } from './VersionText';
import { visibleText } from '../ui/visibleText';

interface UpdatesDialogProps {
  collection: string;
  /** The one artifact that was clicked, or null for all that have an update. */
  only: ArtifactListItem | null;
  onClose: () => void;
}

/** The updates of a collection: which there are, what each would change, and a way to take them. */
export function UpdatesDialog({ collection, only, onClose }: UpdatesDialogProps) {
  const { data, isPending } = useUpdates(collection);
  const [chosen, setChosen] = useState(only?.artifact_id ?? '');
  const update = useUpdateMany(collection, () => undefined);
  const list = only ? [only] : (data?.items ?? []);
  const artifact = list.find((one) => one.artifact_id === chosen);
  // The first is chosen once. No other takes its place under the button when the list changes.
  if (chosen === '' && list[0]) setChosen(list[0].artifact_id);

  // The list has no more than a thousand.
  const total = only ? 1 : (data?.total ?? 0);
  const updateAll = (): void => update.mutate(total > list.length ? null : list.map((one) => one.artifact_id));

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width={only ? 'lg' : 'xl'}
      title={only ? `Update ${only.name}` : 'Updates available'}
      description={
        only
          ? 'Compare the versions before you take the update.'
          : `${count(total, 'artifact')} of this collection ${total === 1 ? 'is' : 'are'} behind upstream.${total > list.length ? ` The first ${list.length.toLocaleString('en')} are listed.` : ''}`
      }
      footer={
        !only &&
        list.length > 1 && (
          <Button icon={ArrowUpCircle} busy={update.isPending} onClick={updateAll}>
            {update.isPending ? 'Updating' : `Update all ${total.toLocaleString('en')}`}
          </Button>
        )
      }
    >
      {isPending && !only ? (
        <SkeletonRows rows={4} label="The updates are loading" />
      ) : list.length === 0 ? (
        <EmptyState icon={CircleCheck} title="Everything is up to date">
          There is nothing to update in this collection.
        </EmptyState>
      ) : only ? (
        <UpdateComparison artifact={only} onDone={onClose} onLeave={onClose} />
      ) : (
        <div className="grid grid-cols-1 gap-5 lg:grid-cols-[19rem_minmax(0,1fr)]">
          <Select
            label="Artifact"
            className="lg:hidden"
            value={chosen}
            options={[
              ...(artifact ? [] : [{ value: chosen, text: `${artifactName(chosen)} (no update)` }]),
              ...list.map((one) => ({ value: one.artifact_id, text: one.name })),
            ]}
            onChoose={setChosen}
          />
          <ul
            aria-label="Artifacts with an update"
            className="scroll max-h-[64dvh] space-y-0.5 overflow-y-auto border-r pr-3 max-lg:hidden"
          >
            {list.map((one) => (
              <li key={one.artifact_id}>
                <button
                  type="button"
                  aria-current={one === artifact}
                  onClick={() => setChosen(one.artifact_id)}
                  className={cx(
                    'flex w-full items-center gap-3 rounded-lg p-2 text-left',
                    one === artifact ? 'bg-accent-soft' : 'hover:bg-hover',
                  )}
                >
                  <TypeIcon type={one.type} />
                  <span className="min-w-0 flex-1">
                    <span className="block truncate text-base font-medium">{visibleText(one.name)}</span>
                    <span className="block text-sm text-ink-3">
                      <VersionText artifact={one} />
                    </span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {artifact ? (
            <UpdateComparison
              key={chosen}
              artifact={artifact}
              // The list still has the one that was updated.
              onDone={() => setChosen(list.find((one) => one !== artifact)?.artifact_id ?? '')}
              onLeave={onClose}
            />
          ) : (
            <EmptyState icon={CircleCheck} title={`${artifactName(chosen)} has no update any more`}>
              Choose another artifact.
            </EmptyState>
          )}
        </div>
      )}
    </Dialog>
  );
}
