import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { collectionPath } from '../api/paths';
import { request } from '../api/request';
import type { Job, Update } from '../api/types';
import { JobCancelled } from '../jobs/JobCancelled';
import { useJobs } from '../jobs/useJobs';
import { count } from '../ui/count';
import { useToast } from '../ui/useToast';
import { updatesToast } from './updateToast';

/** Updates the named artifacts, or null for all of the collection, in one job. Local edits are merged. */
export function useUpdateMany(collection: string, onDone: () => void) {
  const { run } = useJobs();
  const toast = useToast();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (artifacts: readonly string[] | null) =>
      run(artifacts ? `Updating ${count(artifacts.length, 'artifact')}` : 'Updating everything', () =>
        request<Job<Update[]>>(`${collectionPath(collection)}/refresh?mode=sync`, {
          method: 'POST',
          body: { strategy: 'merge', ...(artifacts ? { artifacts } : {}) },
        }),
      ),
    onSuccess: (results) => {
      toast.show(updatesToast(results));
      onDone();
    },
    onError: (error) => (error instanceof JobCancelled ? undefined : toast.fail(error, 'The update stopped')),
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: keys.collections }), client.invalidateQueries({ queryKey: keys.projects })]),
  });
}
