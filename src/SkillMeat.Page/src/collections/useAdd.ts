import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { collectionPath, segment } from '../api/paths';
import { request } from '../api/request';
import type { Added, Job, UpstreamArtifact } from '../api/types';
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

/** Asks what the sources would bring, without adding anything. */
export function useAddPreview(collection: string) {
  const { run } = useJobs();
  return useMutation({
    mutationFn: (specs: string[]) =>
      run(
        'Looking at the sources',
        () =>
          request<Job<UpstreamArtifact[]>>(`${collectionPath(collection)}/artifacts`, { method: 'POST', body: { specs, preview: true } }),
        { quiet: true },
      ),
  });
}

export function useAdd(collection: string, onDone: (results: Added[]) => void) {
  const { run } = useJobs();
  const toast = useToast();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ specs, group }: { specs: string[]; group?: string | undefined }) => {
      const results = await run(`Adding ${count(specs.length, 'artifact')}`, () =>
        request<Job<Added[]>>(`${collectionPath(collection)}/artifacts`, { method: 'POST', body: { specs, keep_going: true } }),
      );
      const members = results.flatMap((one) => (one.status !== 'error' && one.artifact_id ? [one.artifact_id] : []));
      if (group === undefined || members.length === 0) return results;
      try {
        await request(`${collectionPath(collection)}/groups/${segment(group)}/members`, { method: 'POST', body: { artifacts: members } });
      } catch (error) {
        toast.fail(error, `They are in the collection, but not in the group “${group}”`);
      }
      return results;
    },
    onSuccess: (results) => {
      toast.show(addToast(results));
      onDone(results);
    },
    onError: (error) => (error instanceof JobCancelled ? undefined : toast.fail(error, 'Nothing was added')),
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: keys.collections }), client.invalidateQueries({ queryKey: keys.marketplaces })]),
  });
}
