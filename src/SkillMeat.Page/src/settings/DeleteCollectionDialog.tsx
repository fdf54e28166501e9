import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { collectionPath, withQuery } from '../api/paths';
import { request } from '../api/request';
import type { CollectionSummary, DeletedCollection } from '../api/types';
import { changeShown, isStale } from '../groups/changeShown';
import { to } from '../router/route';
import { navigate } from '../router/useLocation';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { count } from '../ui/count';
import { useToast } from '../ui/useToast';
import { visibleText } from '../ui/visibleText';

const mostNamed = 5;

// Not one of those that an event makes old: it is asked for once.
const area = 'deletion';

/** Deletes a collection after a question that names the links in projects that would lead nowhere. */
export function DeleteCollectionDialog({ collection, onClose }: { collection: CollectionSummary; onClose: () => void }) {
  const client = useQueryClient();
  const { show, fail } = useToast();
  const path = collectionPath(collection.name);
  const remove = useMutation({
    // Only what was named is deleted by force.
    mutationFn: (force: boolean) =>
      changeShown<CollectionSummary>(withQuery(path, { force: force || undefined }), {
        method: 'DELETE',
        readFrom: path,
        isShown: (now) => now.updated === collection.updated && now.artifact_count === collection.artifact_count,
      }),
    onSuccess: () =>
      show({
        title: `The collection “${collection.name}” was deleted`,
        text: 'Its last snapshot stays, and can be restored.',
        action: { text: 'Show its snapshots', onAct: () => navigate(to.snapshots(collection.name)) },
      }),
    onError: (problem) =>
      isStale(problem)
        ? show({
            tone: 'bad',
            title: 'The collection was changed elsewhere',
            text: 'It was not deleted, and is shown as it is now. Delete it again if you still want to.',
          })
        : fail(problem, 'The collection was not deleted'),
    onSettled: () => {
      onClose();
      return client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== area });
    },
  });
  const plan = useQuery({
    queryKey: [area, collection.name],
    queryFn: () => request<DeletedCollection>(withQuery(path, { dry_run: true }), { method: 'DELETE' }),
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
  const links = plan.data?.linked_deployments ?? [];
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete “${collection.name}”?`}
      description={
        <>
          <p>
            Its folder with {count(collection.artifact_count, 'artifact')} goes. A snapshot is taken before, from which it can be restored.
            Copies in projects stay.
          </p>
          {links.length > 0 && (
            <>
              <p className="mt-2">
                {links.length === 1
                  ? 'One deployment is a link to its files, which leads'
                  : `${links.length} deployments are links to its files, which lead`}{' '}
                nowhere then:
              </p>
              <ul className="mt-1 list-disc pl-5 text-sm wrap-anywhere">
                {links.slice(0, mostNamed).map((link) => (
                  <li key={link}>{visibleText(link)}</li>
                ))}
                {links.length > mostNamed && <li>and {links.length - mostNamed} more</li>}
              </ul>
            </>
          )}
        </>
      }
      action={links.length > 0 ? 'Delete, and leave the links' : 'Delete'}
      busy={plan.isPending || remove.isPending}
      onConfirm={() => remove.mutate(links.length > 0)}
    />
  );
}
