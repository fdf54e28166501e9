import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Store } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { withQuery } from '../api/paths';
import { request } from '../api/request';
import type { MarketplaceArtifact, Page } from '../api/types';
import { Link } from '../router/Link';
import { to } from '../router/route';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';
import { ErrorState } from '../ui/ErrorState';
import { SkeletonRows } from '../ui/Skeleton';
import { ChoiceList } from './ChoiceList';
import { SearchField } from './SearchField';

/** The artifacts of the marketplaces, to be chosen. */
export function MarketChoice({
  collection,
  chosen,
  onChoose,
}: {
  /** The collection with which the marketplaces are compared. */
  collection: string;
  chosen: ReadonlySet<string>;
  onChoose: (specs: Iterable<string>, isChosen: boolean) => void;
}) {
  const [q, setQ] = useState('');
  const { data, error, isPending, refetch } = useQuery({
    queryKey: keys.marketplaceArtifacts({ q, collection }),
    queryFn: ({ signal }) => request<Page<MarketplaceArtifact>>(withQuery('/cache/marketplace', { q, collection, limit: 200 }), { signal }),
    placeholderData: keepPreviousData,
  });
  const choices = (data?.items ?? []).flatMap((one) => (one.source ? [{ ...one, key: one.source, detail: one.marketplace }] : []));
  return (
    <div className="space-y-4">
      <SearchField label="Search the marketplaces" value={q} onSearch={setQ} />
      {isPending ? (
        <SkeletonRows rows={5} label="The marketplaces are loading" />
      ) : !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : choices.length === 0 ? (
        <EmptyState
          icon={Store}
          title={q ? 'Nothing was found' : 'No marketplace yet'}
          actions={
            !q && (
              <Button asChild>
                <Link to={to.marketplace}>Add a marketplace</Link>
              </Button>
            )
          }
        >
          {q ? 'Try another word.' : 'A marketplace is a repository that lists plugins.'}
        </EmptyState>
      ) : (
        <>
          <ChoiceList choices={choices} chosen={chosen} onChoose={onChoose} />
          {data.total > data.items.length && (
            <p role="status" className="text-center text-sm text-ink-3">
              The best {data.items.length} of {data.total.toLocaleString('en')} are listed. Search for the others.
            </p>
          )}
        </>
      )}
    </div>
  );
}
