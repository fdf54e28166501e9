import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { Job, Sync } from '../api/types';
import { JobCancelled } from '../jobs/JobCancelled';
import { useJobs } from '../jobs/useJobs';
import { useToast } from '../ui/useToast';
import { askPlaces } from './askPlaces';
import { byPlace, type Copy } from './byPlace';
import { directions, type Direction } from './directions';
import { syncToast } from './syncToast';

export interface SyncRequest {
  direction: Direction;
  strategy?: string;
  projects?: string[];
  profile?: string;
  /** Single copies, instead of all of the projects. */
  copies?: Copy[];
  /** The side whose lines are taken where both changed the same. */
  resolve_with?: 'project' | 'collection';
}

export function useSync(onDone: (results: Sync[]) => void) {
  const { run } = useJobs();
  const toast = useToast();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ copies, ...rest }: SyncRequest) => {
      const ask = (body: object): Promise<Sync[]> =>
        run(directions[rest.direction].title, () => request<Job<Sync[]>>('/sync', { method: 'POST', body: { ...rest, ...body } }));
      if (!copies) return ask({});
      const results: Sync[] = [];
      try {
        await askPlaces(byPlace(copies), ask, results);
      } catch (error) {
        if (results.length > 0) toast.show(syncToast(results));
        throw error;
      }
      return results;
    },
    onSuccess: (results) => {
      toast.show(syncToast(results));
      onDone(results);
    },
    onError: (error) => (error instanceof JobCancelled ? undefined : toast.fail(error, 'The sync stopped')),
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: keys.projects }), client.invalidateQueries({ queryKey: keys.collections })]),
  });
}
