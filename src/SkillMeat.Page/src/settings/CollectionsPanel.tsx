import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, Library, PencilLine, Plus, Star, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { collectionPath } from '../api/paths';
import { request } from '../api/request';
import type { CollectionSummary } from '../api/types';
import { NewCollectionDialog } from '../collections/NewCollectionDialog';
import { Link } from '../router/Link';
import { to } from '../router/route';
import { useCollections } from '../shell/useCurrentCollection';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { count } from '../ui/count';
import { ErrorState } from '../ui/ErrorState';
import { IconButton } from '../ui/IconButton';
import { Menu, MenuItem, MenuLine } from '../ui/Menu';
import { Panel } from '../ui/Panel';
import { SkeletonRows } from '../ui/Skeleton';
import { useToast } from '../ui/useToast';
import { visibleText } from '../ui/visibleText';
import { DeleteCollectionDialog } from './DeleteCollectionDialog';
import { EditCollectionDialog } from './EditCollectionDialog';

/** Makes, renames and deletes collections, and chooses the active one. */
export function CollectionsPanel() {
  const { data, error, isPending, refetch } = useCollections();
  const [open, setOpen] = useState<{ kind: 'edit' | 'delete'; collection: CollectionSummary } | 'new' | null>(null);
  const client = useQueryClient();
  const { show, fail } = useToast();
  const activate = useMutation({
    mutationFn: (name: string) => request(collectionPath(name), { method: 'PUT', body: { is_active: true } }),
    onSuccess: (_, name) => show({ title: `“${name}” is the active collection` }),
    onError: (problem) => fail(problem),
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <Panel
      title="Collections"
      flush
      actions={
        <Button size="sm" icon={Plus} onClick={() => setOpen('new')}>
          New
        </Button>
      }
    >
      {isPending ? (
        <SkeletonRows rows={2} label="The collections are loading" />
      ) : !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data.items.length === 0 ? (
        <p className="p-4 text-base text-ink-3">There is no collection yet.</p>
      ) : (
        <ul className="divide-y">
          {data.items.map((one) => (
            <li key={one.name} className="flex items-center gap-3 px-4 py-2.5">
              <Library aria-hidden="true" className="size-4.5 shrink-0 text-ink-3" />
              <div className="min-w-0 flex-1">
                <Link to={to.collection(one.name)} className="block truncate text-base font-medium hover:underline">
                  {visibleText(one.title ?? one.name)}
                </Link>
                <p className="truncate text-sm text-ink-3">
                  {one.problem ??
                    (one.description
                      ? visibleText(one.description)
                      : `${count(one.artifact_count, 'artifact')}, ${count(one.groups.length, 'group')}`)}
                </p>
              </div>
              {one.is_active && (
                <Badge tone="accent" icon={Star}>
                  Active
                </Badge>
              )}
              <Menu trigger={<IconButton label={`Actions for ${one.name}`} icon={Ellipsis} className="size-8" />}>
                <MenuItem icon={Star} disabled={one.is_active} onSelect={() => activate.mutate(one.name)}>
                  Make it the active one
                </MenuItem>
                <MenuItem icon={PencilLine} onSelect={() => setOpen({ kind: 'edit', collection: one })}>
                  Rename and describe
                </MenuItem>
                <MenuLine />
                <MenuItem icon={Trash2} danger onSelect={() => setOpen({ kind: 'delete', collection: one })}>
                  Delete
                </MenuItem>
              </Menu>
            </li>
          ))}
        </ul>
      )}
      {open === 'new' && <NewCollectionDialog onClose={() => setOpen(null)} />}
      {open !== null && open !== 'new' && open.kind === 'edit' && (
        <EditCollectionDialog collection={open.collection} onClose={() => setOpen(null)} />
      )}
      {open !== null && open !== 'new' && open.kind === 'delete' && (
        <DeleteCollectionDialog collection={open.collection} onClose={() => setOpen(null)} />
      )}
    </Panel>
  );
}
