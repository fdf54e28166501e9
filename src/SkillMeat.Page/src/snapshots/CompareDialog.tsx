import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { collectionPath, segment, withQuery } from '../api/paths';
import { request } from '../api/request';
import type { Snapshot, SnapshotComparison } from '../api/types';
import { Dialog } from '../ui/Dialog';
import { ErrorState } from '../ui/ErrorState';
import { Select } from '../ui/Select';
import { Skeleton } from '../ui/Skeleton';
import { ChangeList } from './ChangeList';

/** Compares a snapshot with the collection as it is, or with another snapshot. */
export function CompareDialog({
  collection,
  snapshot,
  snapshots,
  onClose,
}: {
  collection: string;
  snapshot: Snapshot;
  snapshots: Snapshot[];
  onClose: () => void;
}) {
  const [other, setOther] = useState('');
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [...keys.snapshot(collection, snapshot.id), 'compare', other],
    queryFn: ({ signal }) =>
      request<SnapshotComparison>(withQuery(`${collectionPath(collection)}/snapshots/${segment(snapshot.id)}/compare`, { to: other }), {
        signal,
      }),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="md"
      title="Compare snapshots"
      description={`From “${snapshot.message || snapshot.id}”, ${new Date(snapshot.created_at).toLocaleString()}`}
    >
      <Select
        label="To"
        className="mb-4"
        value={other}
        options={[
          { value: '', text: 'The collection as it is now' },
          ...snapshots
            .filter((one) => one.id !== snapshot.id)
            .map((one) => ({ value: one.id, text: `${new Date(one.created_at).toLocaleString()}: ${one.message || one.id}` })),
        ]}
        onChoose={setOther}
      />
      {isPending ? (
        <Skeleton className="h-40" />
      ) : !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <ChangeList changes={data.changes} empty="The two are the same." />
      )}
    </Dialog>
  );
}
