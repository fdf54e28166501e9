import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowRightLeft, ArrowUpCircle, FolderPlus, Rocket, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { collectionPath, segment } from '../api/paths';
import { request } from '../api/request';
import type { ArtifactListItem, Removed } from '../api/types';
import { DeployDialog } from '../deployments/DeployDialog';
import { useGroups } from '../groups/useGroups';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { count } from '../ui/count';
import { IconButton } from '../ui/IconButton';
import { Menu, MenuItem, MenuLabel } from '../ui/Menu';
import { useToast } from '../ui/useToast';
import { visibleText } from '../ui/visibleText';
import { MoveDialog } from './MoveDialog';
import { useUpdateMany } from './useUpdateMany';

interface BulkBarProps {
  collection: string;
  artifacts: ArtifactListItem[];
  /** How many more are selected that the filters hide. They are left alone. */
  hidden: number;
  onDone: () => void;
}

/** What can be done with the selected artifacts. */
export function BulkBar({ collection, artifacts, hidden, onDone }: BulkBarProps) {
  const ids = artifacts.map((one) => one.artifact_id);
  const [open, setOpen] = useState<'deploy' | 'move' | 'remove' | null>(null);
  const { data: groups } = useGroups(collection);
  const { show, fail } = useToast();
  const client = useQueryClient();
  const refreshed = (): Promise<void> => client.invalidateQueries({ queryKey: keys.collections });
  const update = useUpdateMany(collection, onDone);
  const group = useMutation({
    mutationFn: (name: string) =>
      request(`${collectionPath(collection)}/groups/${segment(name)}/members`, { method: 'POST', body: { artifacts: ids } }),
    onSuccess: (_, name) => {
      show({ title: `Added to “${name}”` });
      onDone();
    },
    onError: (error) => fail(error),
    onSettled: refreshed,
  });
  const remove = useMutation({
    mutationFn: () => request<Removed[]>(`${collectionPath(collection)}/artifacts:remove`, { method: 'POST', body: { artifacts: ids } }),
    onSuccess: (removed) => {
      show({
        title: `${count(removed.length, 'artifact')} removed`,
        text: 'Restore the snapshot that was taken before to get them back.',
      });
      onDone();
    },
    onError: (error) => fail(error, 'Nothing was removed'),
    onSettled: () => {
      setOpen(null);
      return refreshed();
    },
  });
  const wide = 'max-sm:sr-only';
  return (
    <>
      <div
        role="toolbar"
        aria-label="Selected artifacts"
        className="sticky bottom-4 z-20 mx-auto mt-4 flex w-fit max-w-full animate-slide flex-wrap items-center gap-1 rounded-2xl border bg-raised p-1.5 shadow-float"
      >
        <p role="status" className="px-3 text-base font-medium">
          {ids.length} selected
          {hidden > 0 && <span className="font-normal text-ink-3"> ({hidden} more not shown, left alone)</span>}
        </p>
        <Button variant="ghost" icon={ArrowUpCircle} busy={update.isPending} onClick={() => update.mutate(ids)}>
          <span className={wide}>Update</span>
        </Button>
        <Button variant="ghost" icon={Rocket} onClick={() => setOpen('deploy')}>
          <span className={wide}>Deploy</span>
        </Button>
        <Menu
          trigger={
            <Button variant="ghost" icon={FolderPlus}>
              <span className={wide}>Group</span>
            </Button>
          }
        >
          <MenuLabel>Add to a group</MenuLabel>
          {(groups?.items ?? []).map((one) => (
            <MenuItem key={one.name} onSelect={() => group.mutate(one.name)}>
              {one.name}
            </MenuItem>
          ))}
          {groups?.items.length === 0 && <p className="px-2 py-1 text-sm text-ink-3">There is no group yet.</p>}
        </Menu>
        <Button variant="ghost" icon={ArrowRightLeft} onClick={() => setOpen('move')}>
          <span className={wide}>Move or copy</span>
        </Button>
        <Button variant="ghost" icon={Trash2} className="text-bad" onClick={() => setOpen('remove')}>
          <span className={wide}>Remove</span>
        </Button>
        <IconButton label="Clear the selection" icon={X} onClick={onDone} />
      </div>
      {open === 'deploy' && <DeployDialog collection={collection} artifacts={ids} onClose={() => setOpen(null)} />}
      {open === 'move' && <MoveDialog collection={collection} ids={ids} onClose={() => setOpen(null)} onMoved={onDone} />}
      <ConfirmDialog
        open={open === 'remove'}
        onOpenChange={(isOpen) => {
          if (!isOpen) setOpen(null);
        }}
        title={`Remove ${count(ids.length, 'artifact')}?`}
        description={
          <>
            <ul
              aria-label="Artifacts to remove"
              className="scroll mb-3 max-h-40 overflow-y-auto rounded-lg border px-3 py-2 text-sm"
              tabIndex={0}
            >
              {artifacts.map((one) => (
                <li key={one.artifact_id} className="wrap-anywhere">
                  {visibleText(one.artifact_id)}
                </li>
              ))}
            </ul>
            Their files leave the collection; copies in projects stay. A snapshot is taken before, from which they can be restored.
          </>
        }
        action="Remove"
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      />
    </>
  );
}
