import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { Job, Sync } from '../api/types';
import { JobCancelled } from '../jobs/JobCancelled';
import { useJobs } from '../jobs/useJobs';
import { useToast } from '../ui/useToast';
import { syncToast } from './syncToast';

/** Seen from the projects, as on the command line: a push goes into the collection, a pull comes from it. */
export type Direction = 'push' | 'pull' | 'both';

export interface SyncRequest {
  direction: Direction;
  projects?: string[];
  artifacts?: string[];
  strategy?: string;
  dry_run?: boolean;
}

const titles = { push: 'Pushing into the collection', pull: 'Pulling into the projects', both: 'Syncing' };

export function useSync(onDone: () => void) {
  const { run } = useJobs();
  const toast = useToast();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SyncRequest) => run(titles[body.direction], () => request<Job<Sync[]>>('/sync', { method: 'POST', body })),
    onSuccess: (results) => {
      toast.show(syncToast(results));
      onDone();
    },
    onError: (error) => (error instanceof JobCancelled ? undefined : toast.fail(error, 'The sync stopped')),
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: keys.projects }), client.invalidateQueries({ queryKey: keys.collections })]),
  });
}
