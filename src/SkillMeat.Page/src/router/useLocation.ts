import { useSyncExternalStore } from 'react';
import { routeOf, type Route } from './route';

const changed = 'skillmeat:location';

function subscribe(onChange: () => void): () => void {
  window.addEventListener('popstate', onChange);
  window.addEventListener(changed, onChange);
  return () => {
    window.removeEventListener('popstate', onChange);
    window.removeEventListener(changed, onChange);
  };
}

export function navigate(path: string, { replace = false }: { replace?: boolean } = {}): void {
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  window.dispatchEvent(new Event(changed));
}

export const usePath = (): string => useSyncExternalStore(subscribe, () => window.location.pathname);

export const useSearch = (): string => useSyncExternalStore(subscribe, () => window.location.search);

export const useRoute = (): Route => routeOf(usePath());
