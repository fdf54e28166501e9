import { useQuery } from '@tanstack/react-query';
import { Camera, History } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { collectionPath } from '../api/paths';
import { requestItems } from '../api/request';
import type { Snapshot } from '../api/types';
import { useCollections } from '../shell/useCurrentCollection';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';
import { ErrorState } from '../ui/ErrorState';
import { PageHeader } from '../ui/PageHeader';
import { SkeletonRows } from '../ui/Skeleton';
import { byDay } from './byDay';
import { CompareDialog } from './CompareDialog';
import { NewSnapshotDialog } from './NewSnapshotDialog';
import { RestoreDialog } from './RestoreDialog';
import { SnapshotCard } from './SnapshotCard';

const pageSize = 60;

/** The snapshots of a collection as a timeline, newest first. */
export function SnapshotsPage({ collection }: { collection: string }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: keys.snapshots(collection),
    queryFn: ({ signal }) => requestItems<Snapshot>(`${collectionPath(collection)}/snapshots`, { signal }),
  });
  const { data: collections } = useCollections();
  // Snapshots outlive their collection.
  const isDeleted = data !== undefined && collections !== undefined && !collections.items.some((one) => one.name === collection);
  const [open, setOpen] = useState<{ kind: 'restore' | 'compare'; snapshot: Snapshot } | 'new' | null>(null);
  const [shown, setShown] = useState(pageSize);
  const close = (): void => setOpen(null);
  return (
    <>
      <PageHeader
        title="Snapshots"
        description={
          isDeleted
            ? `The collection “${collection}” is deleted. Restoring a snapshot brings it back.`
            : 'Taken before every change. Restoring one brings the whole collection back, and takes a snapshot first.'
        }
        actions={
          !isDeleted && (
            <Button variant="primary" icon={Camera} onClick={() => setOpen('new')}>
              Take a snapshot
            </Button>
          )
        }
      />
      {isPending ? (
        <SkeletonRows rows={6} label="The snapshots are loading" />
      ) : !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data.length === 0 ? (
        <EmptyState
          icon={History}
          title="No snapshots yet"
          actions={
            <Button icon={Camera} onClick={() => setOpen('new')}>
              Take the first one
            </Button>
          }
        >
          One is taken by itself before anything in the collection changes.
        </EmptyState>
      ) : (
        <div className="space-y-7">
          {byDay(data.slice(0, shown)).map(({ day, snapshots }) => (
            <section key={day} aria-label={day}>
              <h2 className="mb-2 text-sm font-medium text-ink-3">{day}</h2>
              <ol className="relative ml-2 space-y-3 border-l pl-5">
                {snapshots.map((one) => (
                  <SnapshotCard
                    key={one.id}
                    collection={collection}
                    snapshot={one}
                    onRestore={() => setOpen({ kind: 'restore', snapshot: one })}
                    onCompare={() => setOpen({ kind: 'compare', snapshot: one })}
                  />
                ))}
              </ol>
            </section>
          ))}
          {data.length > shown && <Button onClick={() => setShown(shown + pageSize)}>Show older ones</Button>}
        </div>
      )}
      {open === 'new' && <NewSnapshotDialog collection={collection} onClose={close} />}
      {open !== null && open !== 'new' && open.kind === 'restore' && (
        <RestoreDialog collection={collection} snapshot={open.snapshot} onClose={close} />
      )}
      {open !== null && open !== 'new' && open.kind === 'compare' && (
        <CompareDialog collection={collection} snapshot={open.snapshot} snapshots={data ?? []} onClose={close} />
      )}
    </>
  );
}
