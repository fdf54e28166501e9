import { useQuery } from '@tanstack/react-query';
import { GitCompare, History, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { artifactPath } from '../api/paths';
import { requestItems } from '../api/request';
import type { ArtifactVersion } from '../api/types';
import { RestoreDialog } from '../snapshots/RestoreDialog';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { count } from '../ui/count';
import { EmptyState } from '../ui/EmptyState';
import { ErrorState } from '../ui/ErrorState';
import { SkeletonRows } from '../ui/Skeleton';
import { TimeAgo } from '../ui/TimeAgo';
import { visibleText } from '../ui/visibleText';
import { DiffDialog, type DiffSides } from './DiffDialog';

/** The snapshots in which the artifact was different. */
export function HistoryTab({ collection, id }: { collection: string; id: string }) {
  const [sides, setSides] = useState<DiffSides | null>(null);
  const [restored, setRestored] = useState<ArtifactVersion | null>(null);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: keys.artifactPart(collection, id, 'versions'),
    queryFn: ({ signal }) => requestItems<ArtifactVersion>(`${artifactPath(collection, id)}/versions`, { signal }),
  });
  if (isPending) return <SkeletonRows rows={4} label="The history is loading" />;
  if (!data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data.length === 0)
    return (
      <EmptyState icon={History} title="No other version yet">
        Before every change of the collection a snapshot is taken. Versions that differ from each other are listed here.
      </EmptyState>
    );
  return (
    <>
      <ol className="relative ml-2 space-y-4 border-l pl-6">
        {data.map((one, index) => {
          const older = data[index + 1];
          return (
            <li key={one.snapshot_id} className="relative">
              <span aria-hidden="true" className="absolute top-4 -left-[1.8125rem] size-2.5 rounded-full border-2 border-canvas bg-ink-3" />
              <article className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border bg-surface p-4 shadow-card">
                <div className="min-w-0 flex-1 basis-60">
                  <h2 className="text-base font-medium wrap-anywhere">{visibleText(one.message) || 'Snapshot'}</h2>
                  <p className="text-sm text-ink-3">
                    <TimeAgo time={one.created_at} />
                    {one.changed_files.length > 0 &&
                      ` · ${count(one.changed_files.length, 'file')}: ${one.changed_files.slice(0, 3).map(visibleText).join(', ')}`}
                  </p>
                </div>
                {one.version && <Badge>{visibleText(one.version)}</Badge>}
                <div className="flex flex-wrap gap-2">
                  {older && (
                    <Button
                      size="sm"
                      icon={GitCompare}
                      onClick={() =>
                        setSides({
                          from: older.snapshot_id,
                          to: one.snapshot_id,
                          title: 'What this version changed',
                        })
                      }
                    >
                      What changed
                    </Button>
                  )}
                  <Button
                    size="sm"
                    icon={GitCompare}
                    onClick={() => setSides({ from: one.snapshot_id, to: 'collection', title: 'From this version to now' })}
                  >
                    Compare with now
                  </Button>
                  <Button size="sm" icon={RotateCcw} onClick={() => setRestored(one)}>
                    Restore this state
                  </Button>
                </div>
              </article>
            </li>
          );
        })}
      </ol>
      {restored && (
        <RestoreDialog
          collection={collection}
          snapshot={{ id: restored.snapshot_id, message: restored.message, created_at: restored.created_at }}
          only={id}
          onClose={() => setRestored(null)}
        />
      )}
      {sides && <DiffDialog collection={collection} id={id} sides={sides} onClose={() => setSides(null)} />}
    </>
  );
}
