import { Library, PackagePlus, SearchX } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { ApiProblem } from '../api/ApiProblem';
import type { ArtifactListItem } from '../api/types';
import { useGroups } from '../groups/useGroups';
import { useCollections } from '../shell/useCurrentCollection';
import { Button } from '../ui/Button';
import { count } from '../ui/count';
import { EmptyState } from '../ui/EmptyState';
import { ErrorState } from '../ui/ErrorState';
import { PageHeader } from '../ui/PageHeader';
import { SkeletonRows } from '../ui/Skeleton';
import { AddDialog } from './AddDialog';
import { ArtifactCards } from './ArtifactCards';
import { ArtifactTable } from './ArtifactTable';
import { ArtifactToolbar } from './ArtifactToolbar';
import { BulkBar } from './BulkBar';
import { LastUpdated } from './LastUpdated';
import { isFiltered, usualOrder, withoutFilters } from './filters';
import { NewCollectionDialog } from './NewCollectionDialog';
import { RefreshButton } from './RefreshButton';
import { UpdatesButton } from './UpdatesButton';
import { UpdatesDialog } from './UpdatesDialog';
import { useArtifacts, useFacets } from './useArtifacts';
import { useFilters } from './useFilters';
import { useIsNarrow } from './useIsNarrow';
import { useView } from './useView';
import { Welcome } from './Welcome';

export function CollectionPage({ collection }: { collection: string }) {
  const [filters, setFilters] = useFilters();
  const [view, setView] = useView();
  const isNarrow = useIsNarrow();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [compared, setCompared] = useState<ArtifactListItem | 'all' | null>(null);
  const [isAdding, setIsAdding] = useState(false);
  const [isCreating, setIsCreating] = useState(false);
  const { data, error, isPending, isPlaceholderData, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } = useArtifacts(
    collection,
    filters,
  );
  const { data: groups } = useGroups(collection);
  const { data: facets } = useFacets(collection);
  const { data: collections } = useCollections();
  const artifacts = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const total = data?.pages[0]?.total ?? 0;
  const chosen = artifacts.filter((one) => selected.has(one.artifact_id));
  const summary = collections?.items.find((one) => one.name === collection);
  const onSelect = useCallback((ids: Iterable<string>, isSelected: boolean) => {
    setSelected((now) => {
      const next = new Set(now);
      for (const id of ids)
        if (isSelected) next.add(id);
        else next.delete(id);
      return next;
    });
  }, []);
  const onNearEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (error && !data) {
    const isMissing = error instanceof ApiProblem && error.status === 404;
    if (isMissing && collections?.items.length === 0) return <Welcome collection="default" isNew />;
    if (isMissing) {
      return (
        <>
          <EmptyState
            isScreen
            icon={Library}
            title={`There is no collection “${collection}”`}
            actions={
              <Button variant="primary" onClick={() => setIsCreating(true)}>
                Create it
              </Button>
            }
          >
            {error.details.nearest ? `The nearest name is “${error.details.nearest}”.` : 'It may have been renamed or deleted.'} Choose
            another at the left, or create this one.
          </EmptyState>
          {isCreating && <NewCollectionDialog suggestion={collection} onClose={() => setIsCreating(false)} />}
        </>
      );
    }
    return <ErrorState isScreen error={error} onRetry={() => void refetch()} />;
  }
  const isEmpty = !isPending && !isPlaceholderData && total === 0 && !isFiltered(filters);
  if (isEmpty && (collections?.items.length ?? 0) <= 1) return <Welcome collection={collection} isNew={false} />;

  const List = view === 'cards' && !isNarrow ? ArtifactCards : ArtifactTable;
  return (
    <>
      <PageHeader
        title={summary?.title ?? collection}
        description={
          <>
            {summary?.description ?? (summary ? count(summary.artifact_count, 'artifact') : '\u00a0')}
            <LastUpdated collection={collection} className="sm:hidden" prefix=" · " />
          </>
        }
        actions={
          <>
            <UpdatesButton collection={collection} onOpen={() => setCompared('all')} />
            <RefreshButton collection={collection} />
            <Button variant="primary" icon={PackagePlus} onClick={() => setIsAdding(true)}>
              <span className="max-[24rem]:sr-only">Add</span>
            </Button>
          </>
        }
      />
      {!isEmpty && (
        <ArtifactToolbar
          filters={filters}
          onFilter={setFilters}
          view={view}
          onView={setView}
          facets={facets}
          groups={groups?.items ?? []}
        />
      )}
      <p role="status" className="sr-only">
        {isPending ? 'Loading artifacts' : `${count(total, 'artifact')} shown`}
      </p>
      {isPending ? (
        <div className="rounded-xl border bg-surface">
          <SkeletonRows rows={10} label="The artifacts are loading" />
        </div>
      ) : isEmpty ? (
        <EmptyState
          icon={PackagePlus}
          title="Nothing in this collection yet"
          actions={
            <Button variant="primary" icon={PackagePlus} onClick={() => setIsAdding(true)}>
              Add artifacts
            </Button>
          }
        >
          Add skills from GitHub, a folder or a marketplace, or move some here from another collection.
        </EmptyState>
      ) : total === 0 && !isPlaceholderData ? (
        <EmptyState
          icon={SearchX}
          title="Nothing fits these filters"
          actions={<Button onClick={() => setFilters(withoutFilters(filters))}>Clear the filters</Button>}
        >
          Try a part of a name, or fewer filters.
        </EmptyState>
      ) : (
        <>
          <List
            artifacts={artifacts}
            total={total}
            filters={filters}
            selected={selected}
            onSelect={onSelect}
            onCompare={setCompared}
            onNearEnd={onNearEnd}
            onSort={(sort) =>
              setFilters(filters.sort === sort ? { order: filters.order === 'asc' ? 'desc' : 'asc' } : { sort, order: usualOrder(sort) })
            }
          />
          <p className="mt-3 text-center text-sm text-ink-3">
            {isFetchingNextPage
              ? 'Loading more'
              : hasNextPage
                ? `${artifacts.length.toLocaleString('en')} of ${count(total, 'artifact')}`
                : count(total, 'artifact')}
          </p>
        </>
      )}
      {chosen.length > 0 && (
        <BulkBar collection={collection} artifacts={chosen} hidden={selected.size - chosen.length} onDone={() => setSelected(new Set())} />
      )}
      {compared && <UpdatesDialog collection={collection} only={compared === 'all' ? null : compared} onClose={() => setCompared(null)} />}
      {isAdding && <AddDialog collection={collection} onClose={() => setIsAdding(false)} />}
    </>
  );
}
