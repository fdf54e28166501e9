import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { artifactPath, collectionPath } from '../api/paths';
import { request } from '../api/request';
import type { Artifact, Job, Refresh, Update } from '../api/types';
import { updateToast } from '../collections/updateToast';
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

/** Removes what is gone upstream, whatever the settings do with updates. If upstream has it again by now, it stays as it is. */
export function useGoneRemoval({ collection, artifact_id: id, name }: Artifact, onDone: (isRemoved: boolean) => void) {
  const { run } = useJobs();
  const toast = useToast();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const update = (body: object): Promise<Job<Update[]>> =>
        request(`${artifactPath(collection, id)}/update`, { method: 'POST', body: { strategy: 'merge', remove_deleted: true, ...body } });
      // Without this look, an update would be taken that nobody asked for.
      const plan = await run(`Looking whether upstream has ${name}`, () => update({ dry_run: true }), { quiet: true });
      if (plan[0]?.status !== 'removed') return { results: plan, isPlan: true };
      return { results: await run(`Removing ${name}`, () => update({})), isPlan: false };
    },
    onSuccess: ({ results, isPlan }) => {
      const [result] = results;
      const isRemoved = !isPlan && result?.status === 'removed';
      if (isRemoved) toast.show({ tone: 'ok', title: `${name} was removed`, text: 'A snapshot was taken before.' });
      else if (isPlan) toast.show({ tone: 'info', title: `${name} was not removed`, text: reasonOf(result) });
      else toast.show(updateToast(name, results));
      onDone(isRemoved);
    },
    onError: (error) => (error instanceof JobCancelled ? undefined : toast.fail(error, `${name} was not removed`)),
    onSettled: () => client.invalidateQueries({ queryKey: keys.collections }),
  });
}

const reasonOf = (plan: Update | undefined): string => (plan?.status === 'conflict' ? null : plan?.reason) ?? 'Upstream has it again.';
