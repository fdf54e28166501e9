import { segment } from '../api/paths';

export type Route =
  | { screen: 'home' }
  | { screen: 'collection'; collection: string }
  | { screen: 'artifact'; collection: string; id: string; tab: string | null }
  | { screen: 'groups'; collection: string }
  | { screen: 'snapshots'; collection: string }
  | { screen: 'deployments' }
  | { screen: 'marketplace' }
  | { screen: 'settings' }
  | { screen: 'unknown' };

const plain = ['deployments', 'marketplace', 'settings'] as const;

/** The screen that an address names. */
export function routeOf(path: string): Route {
  let parts: string[];
  try {
    parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return { screen: 'unknown' };
  }
  const [head, collection, part, id, tab, more] = parts;
  if (head === undefined) return { screen: 'home' };
  const screen = plain.find((one) => one === head);
  if (screen) return collection === undefined ? { screen } : { screen: 'unknown' };
  if (head !== 'collections' || collection === undefined) return { screen: 'unknown' };
  if (part === undefined) return { screen: 'collection', collection };
  if ((part === 'groups' || part === 'snapshots') && id === undefined) return { screen: part, collection };
  if (part === 'artifacts' && id !== undefined && more === undefined) return { screen: 'artifact', collection, id, tab: tab ?? null };
  return { screen: 'unknown' };
}

/** The part of an address that names its screen: the tabs of one artifact are one screen. */
export const screenOf = (path: string): string => path.split('/').slice(0, 5).join('/');

/** The addresses of the screens. */
export const to = {
  collection: (collection: string): string => `/collections/${segment(collection)}`,
  artifact: (collection: string, id: string, tab?: string): string =>
    `/collections/${segment(collection)}/artifacts/${segment(id)}${tab ? `/${tab}` : ''}`,
  groups: (collection: string): string => `/collections/${segment(collection)}/groups`,
  snapshots: (collection: string): string => `/collections/${segment(collection)}/snapshots`,
  deployments: '/deployments',
  marketplace: '/marketplace',
  settings: '/settings',
};

/** Whether an address is that of an artifact, with whatever tab. */
export function isAtArtifact(path: string, collection: string, id: string): boolean {
  const route = routeOf(path);
  return route.screen === 'artifact' && route.collection === collection && route.id === id;
}
