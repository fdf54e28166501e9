import { useQuery } from '@tanstack/react-query';
import { useInfo } from '../settings/useInfo';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { CollectionSummary, Page } from '../api/types';
import { useRoute } from '../router/useLocation';

export function useCollections() {
  return useQuery({
    queryKey: keys.collections,
    queryFn: ({ signal }) => request<Page<CollectionSummary>>('/collections?limit=1000', { signal }),
  });
}

/** The collection that the address names, else the active one; undefined until it is known. */
export function useCurrentCollection(): string | undefined {
  const route = useRoute();
  const { data } = useCollections();
  const { data: info } = useInfo();
  if ('collection' in route) return route.collection;
  return data?.items.find((one) => one.is_active)?.name ?? info?.active_collection ?? undefined;
}
