import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { artifactPath, collectionPath } from '../api/paths';
import { request } from '../api/request';
import type { Artifact, Job, Refresh, Update } from '../api/types';
import { JobCancelled } from '../jobs/JobCancelled';
import { useJobs } from '../jobs/useJobs';
import { useToast } from '../ui/useToast';

/** Reads title, description, tags and the like from upstream again. Files stay as they are, and so do details that were edited here. */
export function useDetailsRefresh({ collection, artifact_id: id, name }: Artifact) {
  const { run } = useJobs();
  const toast = useToast();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      run(`Refreshing the details of ${name}`, () =>
        request<Job<Refresh>>(`${collectionPath(collection)}/refresh?mode=metadata_only`, { method: 'POST', body: { artifacts: [id] } }),
      ),
    onSuccess: ({ summary, entries }) => {
      const reason = entries.find((one) => one.reason)?.reason ?? undefined;
      if (summary.error_count > 0) toast.show({ tone: 'bad', title: 'The details were not refreshed', text: reason });
      else if (summary.refreshed_count > 0)
        toast.show({ tone: 'ok', title: 'The details were refreshed', text: 'A snapshot was taken before.' });
      else toast.show({ tone: 'info', title: 'The details are as upstream says', text: reason });
    },
    onError: (error) => (error instanceof JobCancelled ? undefined : toast.fail(error, 'The details were not refreshed')),
    onSettled: () => client.invalidateQueries({ queryKey: keys.collection(collection) }),
  });
}

/** Removes what is gone upstream. If upstream has it again by now, it stays. */
export function useGoneRemoval({ collection, artifact_id: id, name }: Artifact, onDone: (isRemoved: boolean) => void) {
  const { run } = useJobs();
  const toast = useToast();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      run(`Removing ${name}`, () =>
        request<Job<Update[]>>(`${artifactPath(collection, id)}/update`, { method: 'POST', body: { remove_deleted: true } }),
      ),
    onSuccess: ([result]) => {
      const isRemoved = result?.status === 'removed';
      toast.show(
        isRemoved
          ? { tone: 'ok', title: `${name} was removed`, text: 'A snapshot was taken before.' }
          : { tone: 'info', title: `${name} was not removed`, text: result?.reason ?? 'Upstream has it again.' },
      );
      onDone(isRemoved);
    },
    onError: (error) => (error instanceof JobCancelled ? undefined : toast.fail(error, `${name} was not removed`)),
    onSettled: () => client.invalidateQueries({ queryKey: keys.collections }),
  });
}
