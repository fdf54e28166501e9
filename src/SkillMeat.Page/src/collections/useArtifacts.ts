import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { collectionPath, withQuery } from '../api/paths';
import { request } from '../api/request';
import type { ArtifactFacets, ArtifactListItem, Page } from '../api/types';
import { sortOf, type Filters } from './filters';

const pageSize = 200;

/** The artifacts that the filters choose, page by page. The former rows stay until the new ones are there. */
export function useArtifacts(collection: string, filters: Filters) {
  return useInfiniteQuery({
    queryKey: keys.artifacts(collection, filters),
    queryFn: ({ pageParam, signal }) =>
      request<Page<ArtifactListItem>>(
        withQuery(`${collectionPath(collection)}/artifacts`, { ...filters, sort: sortOf(filters), limit: pageSize, cursor: pageParam }),
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** The values by which the artifacts can be filtered, of the whole collection. */
export const useFacets = (collection: string) =>
  useQuery({
    queryKey: keys.artifactFacets(collection),
    queryFn: ({ signal }) => request<ArtifactFacets>(`${collectionPath(collection)}/artifact-facets`, { signal }),
    retry: false,
  });

/** The artifacts that have an update, for the badge of the toolbar and the comparison. */
export function useUpdates(collection: string) {
  const filters = { state: 'update_available', sort: 'name', limit: 1000 };
  return useQuery({
    queryKey: keys.artifacts(collection, filters),
    queryFn: ({ signal }) => request<Page<ArtifactListItem>>(withQuery(`${collectionPath(collection)}/artifacts`, filters), { signal }),
    retry: false,
  });
}
