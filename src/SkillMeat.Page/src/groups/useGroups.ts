import { useQuery } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { collectionPath } from '../api/paths';
import { request } from '../api/request';
import type { Group, Page } from '../api/types';

export const useGroups = (collection: string) =>
  useQuery({
    queryKey: keys.groups(collection),
    queryFn: ({ signal }) => request<Page<Group>>(`${collectionPath(collection)}/groups`, { signal }),
  });
