import { useQueryClient } from '@tanstack/react-query';
import { ArrowUpCircle, CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { artifactPath } from '../api/paths';
import { request } from '../api/request';
import type { ArtifactListItem, Job, Update } from '../api/types';
import { JobCancelled } from '../jobs/JobCancelled';
import { useJobs } from '../jobs/useJobs';
import { Button } from '../ui/Button';
import { count } from '../ui/count';
import { cx } from '../ui/cx';
import { Dialog } from '../ui/Dialog';
import { EmptyState } from '../ui/EmptyState';
import { Select } from '../ui/Select';
import { SkeletonRows } from '../ui/Skeleton';
import { useToast } from '../ui/useToast';
import { TypeIcon } from './TypeIcon';
import { UpdateComparison } from './UpdateComparison';
import { useUpdates } from './useArtifacts';
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
  const [progress, setProgress] = useState<number | null>(null);
  const { run } = useJobs();
  const { show, fail } = useToast();
  const client = useQueryClient();
  const list = only ? [only] : (data?.items ?? []);
  const artifact = list.find((one) => one.artifact_id === chosen) ?? list[0];

  const updateAll = async (): Promise<void> => {
    const results: Update[] = [];
    try {
      for (const [index, one] of list.entries()) {
        setProgress(index);
        results.push(
          ...(await run(`Updating ${one.name}`, () =>
            request<Job<Update[]>>(`${artifactPath(collection, one.artifact_id)}/update`, {
              method: 'POST',
              body: { strategy: 'merge' },
            }),
          )),
        );
      }
    } catch (error) {
      if (!(error instanceof JobCancelled)) fail(error, 'The update stopped');
    }
    setProgress(null);
    void client.invalidateQueries({ queryKey: keys.collection(collection) });
    const open = results.filter((one) => one.status === 'conflict' || one.status === 'error').length;
    if (results.length > 0)
      show({
        tone: open ? 'bad' : 'ok',
        title: `${count(results.length - open, 'artifact')} updated`,
        text: open ? `${open} need your decision: open them to resolve their conflicts.` : 'A snapshot was taken before.',
      });
  };

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
          : `${count(list.length, 'artifact')} of this collection ${list.length === 1 ? 'is' : 'are'} behind upstream.`
      }
      footer={
        !only &&
        list.length > 1 && (
          <Button icon={ArrowUpCircle} busy={progress !== null} onClick={() => void updateAll()}>
            {progress === null ? `Update all ${list.length}` : `Updating ${progress + 1} of ${list.length}`}
          </Button>
        )
      }
    >
      {isPending && !only ? (
        <SkeletonRows rows={4} label="The updates are loading" />
      ) : !artifact ? (
        <EmptyState icon={CircleCheck} title="Everything is up to date">
          There is nothing to update in this collection.
        </EmptyState>
      ) : only ? (
        <UpdateComparison key={artifact.artifact_id} artifact={artifact} onDone={onClose} />
      ) : (
        <div className="grid grid-cols-1 gap-5 lg:grid-cols-[19rem_minmax(0,1fr)]">
          <Select
            label="Artifact"
            className="lg:hidden"
            value={artifact.artifact_id}
            options={list.map((one) => ({ value: one.artifact_id, text: one.name }))}
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
          <UpdateComparison key={artifact.artifact_id} artifact={artifact} onDone={() => setChosen('')} />
        </div>
      )}
    </Dialog>
  );
}
