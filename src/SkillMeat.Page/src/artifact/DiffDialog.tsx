import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { keys } from '../api/keys';
import { artifactPath, withQuery } from '../api/paths';
import { request } from '../api/request';
import { watched } from '../api/watched';
import type { Comparison } from '../api/types';
import { Dialog } from '../ui/Dialog';
import { DiffView } from '../ui/DiffView';
import { ErrorState } from '../ui/ErrorState';
import { Skeleton } from '../ui/Skeleton';

export interface DiffSides {
  from: string;
  to: string;
  title: string;
  description?: string;
  project?: string;
  profile?: string;
}

/** Two versions of an artifact, compared. */
export function DiffDialog({
  collection,
  id,
  sides,
  footer,
  children,
  onClose,
}: {
  collection: string;
  id: string;
  sides: DiffSides;
  footer?: ReactNode;
  children?: ReactNode;
  onClose: () => void;
}) {
  const { from, to, project, profile } = sides;
  const { data, error, isPending, refetch } = useQuery({
    queryKey: keys.artifactPart(collection, id, 'diff', from, to, project, profile),
    queryFn: ({ signal }) =>
      request<Comparison>(withQuery(`${artifactPath(collection, id)}/diff`, { from, to, project, profile }), { signal }),
    ...(project === undefined && from !== 'collection' && to !== 'collection' ? {} : watched),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="lg"
      title={sides.title}
      description={sides.description ?? id}
      footer={footer}
    >
      {children}
      {isPending ? (
        <Skeleton className="h-60" />
      ) : !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <DiffView files={data.files} />
      )}
    </Dialog>
  );
}
