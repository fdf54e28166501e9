import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import type { Resolution } from '../api/types';

type Resolutions = Readonly<Record<string, Resolution>>;

const none: Resolutions = {};

/** What somebody decided or wrote for the files in conflict, until the update is finished: it outlives a change of the tab or screen, and a reload. */
export function useResolutions(collection: string, id: string) {
  const client = useQueryClient();
  const key = keys.resolutions(collection, id);
  const { data: kept } = useQuery<Resolutions>({
    queryKey: key,
    queryFn: skipToken,
    initialData: () => read(collection, id),
    staleTime: Infinity,
    gcTime: Infinity,
  });
  // The cache tells of a change later, and then the cursor would jump to the end of the text.
  const [results, setResults] = useState(kept ?? none);
  const change = (next: Resolutions): void => {
    setResults(next);
    client.setQueryData<Resolutions>(key, next);
    write(collection, id, next);
  };
  return {
    results,
    put: (file: string, result: Resolution): void => change({ ...results, [file]: result }),
    clear: (): void => change(none),
  };
}

const placeOf = (collection: string, id: string): string => JSON.stringify(keys.resolutions(collection, id));

function read(collection: string, id: string): Resolutions {
  try {
    return JSON.parse(sessionStorage.getItem(placeOf(collection, id)) ?? '{}') as Resolutions;
  } catch {
    return none;
  }
}

function write(collection: string, id: string, results: Resolutions): void {
  try {
    if (results === none) sessionStorage.removeItem(placeOf(collection, id));
    else sessionStorage.setItem(placeOf(collection, id), JSON.stringify(results));
  } catch {
    // Without room, it lasts until the page is left.
  }
}
