import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { collectionPath } from '../api/paths';
import { request } from '../api/request';
import type { Check, Job, LastCheck } from '../api/types';
import { JobCancelled } from '../jobs/JobCancelled';
import { useJobs } from '../jobs/useJobs';
import { to } from '../router/route';
import { navigate } from '../router/useLocation';
import { count } from '../ui/count';
import { useToast, type Toast } from '../ui/useToast';
import { filtersOf, searchOf } from './filters';

/** The toast that tells the outcome of a check. `onGone` shows the artifacts that upstream does not have any more. */
export function refreshToast(checks: Check[], onGone?: () => void): Toast {
  const updates = checks.filter((one) => one.update_available).length;
  const gone = checks.filter((one) => one.change_type === 'deleted').length;
  const failed = checks.filter((one) => one.code !== null).length;
  const reason = checks.find((one) => one.code !== null)?.reason;
  const texts = [
    updates > 0 && `${count(updates, 'update')} available.`,
    gone > 0 && `${count(gone, 'artifact is', 'artifacts are')} gone upstream; your ${gone === 1 ? 'copy stays' : 'copies stay'}.`,
    updates + gone + failed === 0 && 'Everything is up to date.',
    failed > 0 && `${count(failed, 'artifact')} could not be checked${reason ? `: ${reason}` : '.'}`,
  ];
  return {
    tone: failed > 0 ? 'bad' : gone > 0 ? 'info' : 'ok',
    title: failed > 0 ? 'Collections refreshed in part' : 'Collections refreshed',
    text: texts.filter((one) => one !== false).join(' '),
    action: gone > 0 && onGone ? { text: 'Show what is gone', onAct: onGone } : undefined,
  };
}

/** Asks upstream about every artifact of a collection, and reads everything again that the page shows. */
export function useRefresh(collection: string) {
  const client = useQueryClient();
  const { run } = useJobs();
  const toast = useToast();
  return useMutation({
    mutationKey: ['refresh', collection],
    mutationFn: () =>
      run('Checking for updates', () =>
        request<Job<Check[]>>(`${collectionPath(collection)}/refresh?mode=check`, { method: 'POST', body: {} }),
      ),
    onSuccess: (checks) => {
      client.setQueryData(keys.refreshed(collection), Date.now());
      toast.show(refreshToast(checks, () => navigate(to.collection(collection) + searchOf({ ...filtersOf(''), state: 'deleted' }))));
    },
    onError: (error) => (error instanceof JobCancelled ? undefined : toast.fail(error, 'The refresh did not succeed')),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.collections }),
        client.invalidateQueries({ queryKey: keys.projects }),
        client.invalidateQueries({ queryKey: keys.cacheStatus }),
      ]),
  });
}

/** The time of the newest check, by whatever program, or of the last refresh of this page; null for never, undefined until it is known. */
export function useLastRefresh(collection: string): number | null | undefined {
  const { data: checked } = useQuery({
    queryKey: keys.lastCheck(collection),
    queryFn: ({ signal }) => request<LastCheck>(`${collectionPath(collection)}/refresh`, { signal }),
    select: ({ checked_at: time }) => (time === null ? 0 : new Date(time).getTime()),
    retry: false,
  });
  // A collection in which nothing has an upstream has no checks.
  const { data: ofPage = 0 } = useQuery<number>({
    queryKey: keys.refreshed(collection),
    queryFn: skipToken,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  const last = Math.max(checked ?? 0, ofPage);
  if (last > 0) return last;
  return checked === undefined ? undefined : null;
}
