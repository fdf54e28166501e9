import type { Artifact } from '../api/types';
import { isAtArtifact, to } from '../router/route';
import { navigate } from '../router/useLocation';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { useGoneRemoval } from './useArtifactActions';

/** Asks before an artifact that is gone upstream is removed here, too. */
export function GoneDialog({ artifact, onClose }: { artifact: Artifact; onClose: () => void }) {
  const removal = useGoneRemoval(artifact, (isRemoved) => {
    onClose();
    if (isRemoved && isAtArtifact(window.location.pathname, artifact.collection, artifact.artifact_id))
      navigate(to.collection(artifact.collection));
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Remove ${artifact.name} here, too?`}
      description="Upstream does not have it any more. It leaves the collection only if that is still so; copies in projects stay. A snapshot is taken first, and brings it back with your edits."
      action="Remove it"
      busy={removal.isPending}
      onConfirm={() => removal.mutate()}
    />
  );
}
