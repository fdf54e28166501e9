import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Plus, SearchX, Store } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { withQuery } from '../api/paths';
import { request, requestItems } from '../api/request';
import type { Marketplace, MarketplaceArtifact, Page } from '../api/types';
import { AddDialog } from '../collections/AddDialog';
import { SearchField } from '../collections/SearchField';
import { knownTypes, typeName } from '../collections/typeNames';
import { useCurrentCollection } from '../shell/useCurrentCollection';
import { Button } from '../ui/Button';
import { count } from '../ui/count';
import { cx } from '../ui/cx';
import { EmptyState } from '../ui/EmptyState';
import { ErrorState } from '../ui/ErrorState';
import { PageHeader } from '../ui/PageHeader';
import { Select } from '../ui/Select';
import { Skeleton, SkeletonRows } from '../ui/Skeleton';
import { MarketCard } from './MarketCard';
import { MarketplaceCard } from './MarketplaceCard';
import { NewMarketplaceDialog } from './NewMarketplaceDialog';
import { useFreshMarketplaces } from './useFreshMarketplaces';

const states = [
  { value: '', text: 'Every state' },
  { value: 'new', text: 'New' },
  { value: 'present', text: 'In the collection' },
  { value: 'behind', text: 'Newer than yours' },
];

/** The artifacts of all marketplaces, and the marketplaces themselves. */
export function MarketplacePage() {
  const [q, setQ] = useState('');
  const [chosen, setChosen] = useState('');
  const [type, setType] = useState('');
  const [state, setState] = useState('');
  const [added, setAdded] = useState<string | null>(null);
  const [isCreating, setIsCreating] = useState(false);
  const collection = useCurrentCollection() ?? 'default';
  const markets = useQuery({
    queryKey: keys.marketplaces,
    queryFn: ({ signal }) => requestItems<Marketplace>('/cache/marketplaces', { signal }),
  });
  useFreshMarketplaces(markets.data);
  const filters = { q, marketplace: chosen, type, state, collection };
  const isFiltered = Boolean(q || chosen || type || state);
  const found = useInfiniteQuery({
    queryKey: keys.marketplaceArtifacts({ ...filters, paged: true }),
    queryFn: ({ pageParam, signal }) =>
      request<Page<MarketplaceArtifact>>(withQuery('/cache/marketplace', { ...filters, limit: 60, cursor: pageParam }), {
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const artifacts = found.data?.pages.flatMap((page) => page.items) ?? [];
  const total = found.data?.pages[0]?.total ?? 0;
  return (
    <>
      <PageHeader
        title="Marketplace"
        description={`Artifacts that others offer. Added ones come into the collection “${collection}”.`}
        actions={
          <Button variant="primary" icon={Plus} onClick={() => setIsCreating(true)}>
            Add a marketplace
          </Button>
        }
      />
      {markets.isPending ? (
        <SkeletonRows rows={4} label="The marketplaces are loading" />
      ) : !markets.data ? (
        <ErrorState error={markets.error} onRetry={() => void markets.refetch()} />
      ) : markets.data.length === 0 ? (
        <EmptyState
          icon={Store}
          title="No marketplace yet"
          actions={
            <Button variant="primary" icon={Plus} onClick={() => setIsCreating(true)}>
              Add a marketplace
            </Button>
          }
        >
          A marketplace is a repository with a list of plugins, like anthropics/skills.
        </EmptyState>
      ) : (
        <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_19rem] 2xl:grid-cols-[minmax(0,1fr)_24rem]">
          <aside aria-label="Marketplaces" className="space-y-3 lg:order-last">
            <h2 className="text-base font-semibold">{count(markets.data.length, 'marketplace')}</h2>
            {markets.data.map((one) => (
              <MarketplaceCard
                key={one.name}
                marketplace={one}
                isChosen={chosen === one.name}
                onChoose={() => setChosen(chosen === one.name ? '' : one.name)}
                onRemoved={() => setChosen('')}
              />
            ))}
          </aside>
          <section aria-label="Artifacts" className="min-w-0">
            <div role="search" aria-label="Marketplaces" className="mb-4 grid grid-cols-2 gap-2 sm:flex sm:flex-wrap sm:items-center">
              <SearchField
                label="Search the marketplaces"
                value={q}
                onSearch={setQ}
                className="col-span-2 min-w-0 flex-1 basis-44 sm:max-w-md"
              />
              <Select
                label="Type"
                hideLabel
                className="sm:w-32"
                value={type}
                options={[{ value: '', text: 'All types' }, ...knownTypes.map((one) => ({ value: one, text: typeName(one).many }))]}
                onChoose={setType}
              />
              <Select
                label="Marketplace"
                hideLabel
                className="sm:w-42"
                value={chosen}
                options={[{ value: '', text: 'All marketplaces' }, ...markets.data.map((one) => ({ value: one.name, text: one.name }))]}
                onChoose={setChosen}
              />
              <Select label="State" hideLabel className="sm:w-40" value={state} options={states} onChoose={setState} />
            </div>
            <p role="status" className="sr-only">
              {found.isPending ? 'Loading' : `${count(total, 'artifact')} found`}
            </p>
            {found.isPending ? (
              <div className="grid gap-4 sm:grid-cols-2 2xl:grid-cols-3">
                {[1, 2, 3, 4, 5, 6].map((one) => (
                  <Skeleton key={one} className="h-40 rounded-xl" />
                ))}
              </div>
            ) : !found.data ? (
              <ErrorState error={found.error} onRetry={() => void found.refetch()} />
            ) : artifacts.length === 0 ? (
              <EmptyState
                icon={SearchX}
                title="Nothing was found"
                actions={
                  isFiltered && (
                    <Button
                      onClick={() => {
                        setQ('');
                        setChosen('');
                        setType('');
                        setState('');
                      }}
                    >
                      Show everything
                    </Button>
                  )
                }
              >
                {isFiltered ? 'Try another word, or fewer filters.' : 'Update the marketplaces to read what they offer.'}
              </EmptyState>
            ) : (
              <>
                <ul
                  className={cx(
                    'grid grid-cols-1 gap-4 sm:grid-cols-2 2xl:grid-cols-3 3xl:grid-cols-4',
                    found.isPlaceholderData && 'opacity-60',
                  )}
                >
                  {artifacts.map((one) => (
                    <MarketCard
                      key={`${one.marketplace} ${one.plugin ?? ''} ${one.artifact_id ?? one.name}`}
                      artifact={one}
                      collection={collection}
                      onAdd={setAdded}
                    />
                  ))}
                </ul>
                {found.hasNextPage && (
                  <div className="mt-5 text-center">
                    <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                      Show more of {total.toLocaleString('en')}
                    </Button>
                  </div>
                )}
              </>
            )}
          </section>
        </div>
      )}
      {added !== null && <AddDialog collection={collection} chosen={added} onClose={() => setAdded(null)} />}
      {isCreating && <NewMarketplaceDialog onClose={() => setIsCreating(false)} />}
    </>
  );
}
