import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { artifactPath } from '../api/paths';
import type { Artifact, ArtifactDetail } from '../api/types';
import { changeShown, isStale } from '../groups/changeShown';
import { to } from '../router/route';
import { navigate } from '../router/useLocation';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { useToast } from '../ui/useToast';

export function RemoveDialog({ artifact, open, onClose }: { artifact: Artifact; open: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const { show, fail } = useToast();
  const remove = useMutation({
    mutationFn: () =>
      changeShown<ArtifactDetail>(artifactPath(artifact.collection, artifact.artifact_id), {
        method: 'DELETE',
        isShown: ({ artifact: now }) => JSON.stringify(factsOf(now)) === JSON.stringify(factsOf(artifact)),
      }),
    onSuccess: () => {
      show({
        title: `${artifact.name} was removed`,
        text: 'The snapshot taken before brings it back.',
        action: { text: 'Show the snapshots', onAct: () => navigate(to.snapshots(artifact.collection)) },
      });
      navigate(to.collection(artifact.collection));
      void client.invalidateQueries({ queryKey: keys.collections });
    },
    onError: (error) => {
      if (!isStale(error)) return fail(error, `${artifact.name} was not removed`);
      show({
        tone: 'bad',
        title: `${artifact.name} was changed elsewhere`,
        text: 'It was not removed, and is shown as it is now. Remove it again if you still want to.',
      });
      void client.invalidateQueries({ queryKey: keys.collection(artifact.collection) });
    },
    onSettled: onClose,
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={`Remove ${artifact.name}?`}
      description="Its files leave the collection; copies in projects stay. A snapshot is taken before, from which it can be restored."
      action="Remove"
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    />
  );
}

/** What the screen shows of the artifact itself, without its state upstream and its copies. */
const factsOf = (one: Omit<Artifact, 'groups' | 'update'>): unknown[] => [
  one.content_hash,
  one.version,
  one.title,
  one.description,
  one.tags,
  one.last_updated,
];
