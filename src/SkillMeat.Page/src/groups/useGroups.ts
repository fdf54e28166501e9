import { useQuery } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { collectionPath } from '../api/paths';
import { request } from '../api/request';
import type { GroupPage } from '../api/types';
import { isNamed } from '../api/isNamed';

export const useGroups = (collection: string) =>
  useQuery({
    queryKey: keys.groups(collection),
    queryFn: ({ signal }) => request<GroupPage>(`${collectionPath(collection)}/groups`, { signal }),
    select: ({ items, ...page }) => ({ ...page, items: items.filter(isNamed) }),
  });
