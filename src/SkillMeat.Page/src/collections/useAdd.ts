import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { collectionPath } from '../api/paths';
import { request } from '../api/request';
import type { Added, Job } from '../api/types';
import { JobCancelled } from '../jobs/JobCancelled';
import { useJobs } from '../jobs/useJobs';
import { count } from '../ui/count';
import { useToast, type Toast } from '../ui/useToast';

/** The toast that tells what was added and what was not. */
export function addToast(results: Added[]): Toast {
  const added = results.filter((one) => one.status === 'added');
  const failed = results.filter((one) => one.status === 'error');
  const first = failed[0];
  if (first)
    return {
      tone: 'bad',
      title: added.length ? `${count(added.length, 'artifact')} added, ${failed.length} not` : 'Nothing was added',
      text: first.reason ?? undefined,
    };
  if (added.length === 0) return { tone: 'info', title: 'Nothing new', text: results[0]?.reason ?? 'They are in the collection already.' };
  return {
    tone: 'ok',
    title: `${count(added.length, 'artifact')} added`,
    text: added.length === 1 ? (added[0]?.artifact_id ?? undefined) : undefined,
  };
}

export function useAdd(collection: string, onDone: (results: Added[]) => void) {
  const { run } = useJobs();
  const toast = useToast();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ specs, group }: { specs: string[]; group?: string | undefined }) =>
      run(`Adding ${count(specs.length, 'artifact')}`, () =>
        request<Job<Added[]>>(`${collectionPath(collection)}/artifacts`, {
          method: 'POST',
          body: { specs, ...(group ? { group } : {}) },
        }),
      ),
    onSuccess: (results) => {
      toast.show(addToast(results));
      onDone(results);
    },
    onError: (error) => (error instanceof JobCancelled ? undefined : toast.fail(error, 'Nothing was added')),
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: keys.collections }), client.invalidateQueries({ queryKey: keys.marketplaces })]),
  });
}
