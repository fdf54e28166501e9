import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowRightLeft, ArrowUpCircle, FolderPlus, Rocket, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { artifactPath, collectionPath, segment } from '../api/paths';
import { request } from '../api/request';
import type { Job, Update } from '../api/types';
import { DeployDialog } from '../deployments/DeployDialog';
import { useGroups } from '../groups/useGroups';
import { useJobs } from '../jobs/useJobs';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { count } from '../ui/count';
import { IconButton } from '../ui/IconButton';
import { Menu, MenuItem, MenuLabel } from '../ui/Menu';
import { useToast } from '../ui/useToast';
import { MoveDialog } from './MoveDialog';

/** What can be done with the selected artifacts. */
export function BulkBar({ collection, ids, onDone }: { collection: string; ids: string[]; onDone: () => void }) {
  const [open, setOpen] = useState<'deploy' | 'move' | 'remove' | null>(null);
  const { data: groups } = useGroups(collection);
  const { run } = useJobs();
  const { show, fail } = useToast();
  const client = useQueryClient();
  const refreshed = (): Promise<void> => client.invalidateQueries({ queryKey: keys.collections });
  const update = useMutation({
    mutationFn: async () => {
      const results: Update[] = [];
      for (const id of ids)
        results.push(
          ...(await run(`Updating ${id}`, () =>
            request<Job<Update[]>>(`${artifactPath(collection, id)}/update`, { method: 'POST', body: { strategy: 'merge' } }),
          )),
        );
      return results;
    },
    onSuccess: (results) => {
      const changed = results.filter((one) => one.status === 'updated' || one.status === 'merged').length;
      const open = results.filter((one) => one.status === 'conflict').length;
      show({
        tone: open ? 'bad' : 'ok',
        title: changed ? `${count(changed, 'artifact')} updated` : 'Nothing to update',
        text: open ? `${open} have conflicts; open them to resolve these.` : undefined,
      });
      onDone();
    },
    onError: (error) => fail(error, 'The update stopped'),
    onSettled: refreshed,
  });
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
    mutationFn: async () => {
      for (const id of ids) await request(artifactPath(collection, id), { method: 'DELETE' });
    },
    onSuccess: () => {
      show({
        title: `${count(ids.length, 'artifact')} removed`,
        text: 'Restore the snapshot that was taken before to get them back.',
      });
      onDone();
    },
    onError: (error) => fail(error, 'Not everything was removed'),
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
        </p>
        <Button variant="ghost" icon={ArrowUpCircle} busy={update.isPending} onClick={() => update.mutate()}>
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
        description="Their files leave the collection; copies in projects stay. A snapshot is taken before, from which they can be restored."
        action="Remove"
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      />
    </>
  );
}
