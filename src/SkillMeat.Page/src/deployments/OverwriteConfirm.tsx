import type { Sync } from '../api/types';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { count } from '../ui/count';
import { directions, type Direction } from './directions';

/** What the plan of a sync replaces on the side that is written: artifacts of collections, or copies in projects. */
export function replacedBy(planned: readonly Sync[], direction: Direction): number {
  const changed = planned.filter((one) => one.status === 'pushed' || one.status === 'pulled' || one.status === 'merged');
  // Several copies can be of the same artifact.
  return direction === 'push' ? new Set(changed.map((one) => JSON.stringify([one.collection, one.artifact_id]))).size : changed.length;
}

/** Asks before one side is overwritten, and says how much of which. */
export function OverwriteConfirm({
  planned,
  direction,
  onConfirm,
  onClose,
}: {
  planned: readonly Sync[];
  direction: 'push' | 'pull';
  onConfirm: () => void;
  onClose: () => void;
}) {
  const replaced = replacedBy(planned, direction);
  const { one, many, place, kept } = directions[direction].written;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Replace ${count(replaced, one, many)} in ${place}?`}
      description={`Where both sides differ, nothing is merged: what is in ${place} is replaced by the other side’s. ${kept}`}
      action="Overwrite"
      onConfirm={onConfirm}
    />
  );
}
