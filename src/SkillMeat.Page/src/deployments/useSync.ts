import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { Job, Sync } from '../api/types';
import { JobCancelled } from '../jobs/JobCancelled';
import { useJobs } from '../jobs/useJobs';
import { useToast } from '../ui/useToast';
import { directions, type Direction } from './directions';
import { syncToast } from './syncToast';

export interface SyncRequest {
  direction: Direction;
  projects?: string[];
  artifacts?: string[];
  strategy?: string;
  dry_run?: boolean;
}

export function useSync(onDone: () => void) {
  const { run } = useJobs();
  const toast = useToast();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SyncRequest) => run(directions[body.direction].title, () => request<Job<Sync[]>>('/sync', { method: 'POST', body })),
    onSuccess: (results) => {
      toast.show(syncToast(results));
      onDone();
    },
    onError: (error) => (error instanceof JobCancelled ? undefined : toast.fail(error, 'The sync stopped')),
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: keys.projects }), client.invalidateQueries({ queryKey: keys.collections })]),
  });
}
