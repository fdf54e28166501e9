import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { ApiProblem } from '../api/ApiProblem';
import { followJob, isOver } from '../api/jobs';
import { segment } from '../api/paths';
import { request } from '../api/request';
import type { Job, Page } from '../api/types';
import { JobCancelled } from './JobCancelled';
import { JobContext, type RunningJob } from './useJobs';

/** Keeps the running jobs, also those that this page did not start. */
export function JobsProvider({ children }: { children: ReactNode }) {
  const [running, setRunning] = useState<readonly RunningJob[]>([]);

  const follow = useCallback(async <T,>(title: string, started: Job<T>, quiet = false): Promise<Job<T>> => {
    if (quiet) return followJob(started, () => undefined);
    const put = (job: Job): void =>
      setRunning((shown) =>
        shown.some((one) => one.job.id === job.id)
          ? shown.map((one) => (one.job.id === job.id ? { ...one, job } : one))
          : [...shown, { job, title }],
      );
    if (!isOver(started.state)) put(started);
    try {
      return await followJob(started, put);
    } finally {
      setRunning((shown) => shown.filter((one) => one.job.id !== started.id));
    }
  }, []);

  const run = useCallback(
    async <T,>(title: string, start: () => Promise<Job<T>>, { quiet = false }: { quiet?: boolean } = {}): Promise<T> => {
      const over = await follow(title, await start(), quiet);
      if (over.state === 'cancelled') throw new JobCancelled();
      if (over.state === 'failed') throw new ApiProblem(over.problem?.status ?? 500, over.problem ?? { detail: 'The work failed.' });
      return over.result as T;
    },
    [follow],
  );

  const cancel = useCallback(async (id: string): Promise<void> => {
    await request(`/jobs/${segment(id)}`, { method: 'DELETE' });
  }, []);

  useEffect(() => {
    let isGone = false;
    request<Page<Job>>('/jobs')
      .then(({ items }) => {
        if (!isGone) for (const job of items) if (!isOver(job.state)) void follow(titleOf(job.kind), job).catch(() => undefined);
      })
      .catch(() => undefined);
    return () => {
      isGone = true;
    };
  }, [follow]);

  const value = useMemo(() => ({ running, run, cancel }), [running, run, cancel]);
  return <JobContext value={value}>{children}</JobContext>;
}

function titleOf(kind: string): string {
  const words = kind.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
