import type { HomeChange } from './types';

/** The keys of TanStack Query. The first part is the kind that the events of the service name. */
export const keys = {
  info: ['info'] as const,
  settings: ['settings'] as const,
  background: ['background'] as const,
  cacheStatus: ['cache', 'status'] as const,
  jobs: ['jobs'] as const,
  refreshed: (collection: string) => ['refreshed', collection] as const,
  collections: ['collections'] as const,
  collection: (collection: string) => ['collections', collection] as const,
  artifacts: (collection: string, filters?: object) => ['collections', collection, 'artifacts', ...(filters ? [filters] : [])] as const,
  artifact: (collection: string, id: string) => ['collections', collection, 'artifact', id] as const,
  artifactPart: (collection: string, id: string, part: string, ...more: unknown[]) =>
    ['collections', collection, 'artifact', id, part, ...more] as const,
  groups: (collection: string) => ['collections', collection, 'groups'] as const,
  snapshots: (collection: string) => ['collections', collection, 'snapshots'] as const,
  snapshot: (collection: string, id: string) => ['collections', collection, 'snapshots', id] as const,
  projects: ['projects'] as const,
  deployments: (filters?: object) => ['projects', 'deployments', ...(filters ? [filters] : [])] as const,
  stale: (filters?: object) => ['projects', 'stale', ...(filters ? [filters] : [])] as const,
  marketplaces: ['marketplaces'] as const,
  marketplaceArtifacts: (filters: object) => ['marketplaces', 'artifacts', filters] as const,
  search: (query: string) => ['search', query] as const,
};

/** The keys whose data a change of the home makes old. */
export function keysOf(change: HomeChange): (readonly unknown[])[] {
  const old: (readonly unknown[])[] = [];
  for (const kind of change.kinds) {
    if (kind === 'collections') {
      old.push(keys.cacheStatus, ['search'], keys.deployments(), keys.stale());
      if (change.collections.length === 0) old.push(keys.collections);
      else old.push(...change.collections.map(keys.collection));
    } else if (kind === 'projects') {
      old.push(keys.projects, ...change.collections.map((one) => keys.artifacts(one)));
    } else {
      old.push([kind]);
    }
  }
  return old;
}
