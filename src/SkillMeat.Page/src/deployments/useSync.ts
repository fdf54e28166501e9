import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { Deployment, Job, Sync } from '../api/types';
import { JobCancelled } from '../jobs/JobCancelled';
import { useJobs } from '../jobs/useJobs';
import { useToast } from '../ui/useToast';
import { byPlace } from './byPlace';
import { directions, type Direction } from './directions';
import { syncToast } from './syncToast';

export interface SyncRequest {
  direction: Direction;
  strategy?: string;
  projects?: string[];
  /** Single copies, instead of all of the projects. */
  copies?: Deployment[];
}

export function useSync(onDone: () => void) {
  const { run } = useJobs();
  const toast = useToast();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ copies, ...rest }: SyncRequest) => {
      const bodies = copies ? byPlace(copies).map((place) => ({ ...rest, ...place })) : [rest];
      const results: Sync[] = [];
      try {
        for (const body of bodies)
          results.push(...(await run(directions[rest.direction].title, () => request<Job<Sync[]>>('/sync', { method: 'POST', body }))));
      } catch (error) {
        if (results.length > 0) toast.show(syncToast(results));
        throw error;
      }
      return results;
    },
    onSuccess: (results) => {
      toast.show(syncToast(results));
      onDone();
    },
    onError: (error) => (error instanceof JobCancelled ? undefined : toast.fail(error, 'The sync stopped')),
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: keys.projects }), client.invalidateQueries({ queryKey: keys.collections })]),
  });
}
