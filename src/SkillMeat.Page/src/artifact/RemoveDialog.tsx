import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { artifactPath } from '../api/paths';
import { request } from '../api/request';
import type { Artifact } from '../api/types';
import { to } from '../router/route';
import { navigate } from '../router/useLocation';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { useToast } from '../ui/useToast';

export function RemoveDialog({ artifact, open, onClose }: { artifact: Artifact; open: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const { show, fail } = useToast();
  const remove = useMutation({
    mutationFn: () => request(artifactPath(artifact.collection, artifact.artifact_id), { method: 'DELETE' }),
    onSuccess: () => {
      show({
        title: `${artifact.name} was removed`,
        text: 'The snapshot taken before brings it back.',
        action: { text: 'Show the snapshots', onAct: () => navigate(to.snapshots(artifact.collection)) },
      });
      navigate(to.collection(artifact.collection));
      void client.invalidateQueries({ queryKey: keys.collections });
    },
    onError: (error) => fail(error, `${artifact.name} was not removed`),
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
