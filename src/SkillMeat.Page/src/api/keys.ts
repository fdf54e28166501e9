import type { HomeChange } from './types';

/** The keys of TanStack Query. The first part is the kind that the events of the service name. */
export const keys = {
  info: ['info'] as const,
  settings: ['settings'] as const,
  background: ['background'] as const,
  cacheStatus: ['cache', 'status'] as const,
  jobs: ['jobs'] as const,
  lastCheck: (collection: string) => ['collections', collection, 'last check'] as const,
  refreshed: (collection: string) => ['refreshed', collection] as const,
  collections: ['collections'] as const,
  deletedCollections: ['deleted collections'] as const,
  collection: (collection: string) => ['collections', collection] as const,
  artifacts: (collection: string, filters?: object) => ['collections', collection, 'artifacts', ...(filters ? [filters] : [])] as const,
  artifactFacets: (collection: string) => ['collections', collection, 'facets'] as const,
  artifact: (collection: string, id: string) => ['collections', collection, 'artifact', id] as const,
  artifactPart: (collection: string, id: string, part: string, ...more: unknown[]) =>
    ['collections', collection, 'artifact', id, part, ...more] as const,
  resolutions: (collection: string, id: string) => ['resolutions', collection, id] as const,
  groups: (collection: string) => ['collections', collection, 'groups'] as const,
  snapshots: (collection: string) => ['collections', collection, 'snapshots'] as const,
  snapshot: (collection: string, id: string) => ['collections', collection, 'snapshots', id] as const,
  projects: ['projects'] as const,
  deployments: (filters?: object) => ['projects', 'deployments', ...(filters ? [filters] : [])] as const,
  stale: (filters?: object) => ['projects', 'stale', ...(filters ? [filters] : [])] as const,
  profiles: (project: string | null) => ['projects', 'profiles', project] as const,
  marketplaces: ['marketplaces'] as const,
  marketplaceArtifacts: (filters: object) => ['marketplaces', 'artifacts', filters] as const,
  search: (query: string) => ['search', query] as const,
};

/** Whether a change of the home makes the data under a key old. */
export function isOld(change: HomeChange, key: readonly unknown[]): boolean {
  return change.all || change.kinds.some((kind) => isOldBy(kind, change.collections, key));
}

function isOldBy(kind: string, collections: readonly string[], [area, name, part, , detail]: readonly unknown[]): boolean {
  const isNamed = collections.length === 0 || collections.some((one) => one === name);
  switch (kind) {
    case 'collections':
      // The list has names and counts of all collections; the active one stands in the settings.
      if (area === 'collections') return name === undefined || isNamed;
      if (area === 'projects') return name === 'deployments' || name === 'stale';
      // Marketplaces tell what a collection has already.
      return (
        area === 'marketplaces' ||
        area === 'cache' ||
        area === 'search' ||
        area === 'settings' ||
        area === 'info' ||
        area === 'deleted collections'
      );
    case 'snapshots':
      if (area === 'deleted collections') return true;
      return area === 'collections' && isNamed && (part === 'snapshots' || (part === 'artifact' && detail === 'versions'));
    case 'projects':
      // Artifacts tell how often they are deployed, whichever collection the change names.
      if (area === 'collections') return part === 'artifacts' || (part === 'artifact' && (detail === undefined || ofProjects.has(detail)));
      return area === 'projects';
    default:
      return area === kind;
  }
}

const ofProjects: ReadonlySet<unknown> = new Set(['deployments', 'diff']);
