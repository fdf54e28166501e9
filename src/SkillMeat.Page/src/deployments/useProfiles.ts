import { useQuery } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { withQuery } from '../api/paths';
import { request } from '../api/request';
import type { Page, Profile } from '../api/types';
import { ownFolders } from './ownFolders';

/** The coding agents that are known, and whether a project has them. */
export const useProfiles = (project: string | null) =>
  useQuery({
    queryKey: keys.profiles(project),
    queryFn: ({ signal }) =>
      request<Page<Profile>>(withQuery('/profiles', { project: project === ownFolders ? null : project }), { signal }),
    enabled: project !== null,
  });
