import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { ApiProblem } from '../api/ApiProblem';
import { followJob, isOver } from '../api/jobs';
import { segment } from '../api/paths';
import { request } from '../api/request';
import type { Job, Page } from '../api/types';
import { useToast } from '../ui/useToast';
import { JobCancelled } from './JobCancelled';
import { JobContext, type RunningJob } from './useJobs';

const pause = 5000;
/** Kinds that only read, for a dialog that waits for them. */
const readers: ReadonlySet<string> = new Set(['preview', 'browse']);

/** Keeps the running jobs, also those that other pages started, or this one before it was loaded again. */
export function JobsProvider({ children }: { children: ReactNode }) {
  const [running, setRunning] = useState<readonly RunningJob[]>([]);
  const { show, fail } = useToast();
  const known = useRef(new Set<string>());
  const starting = useRef(0);

  const follow = useCallback(async <T,>(title: string, started: Job<T>, quiet = false): Promise<Job<T>> => {
    known.current.add(started.id);
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
      starting.current++;
      let started: Job<T>;
      try {
        started = await start();
        known.current.add(started.id);
      } finally {
        starting.current--;
      }
      const over = await follow(title, started, quiet);
      if (over.state === 'cancelled') throw new JobCancelled();
      if (over.state === 'failed') throw new ApiProblem(over.problem?.status ?? 500, over.problem ?? { detail: 'The work failed.' });
      return over.result as T;
    },
    [follow],
  );

  const cancel = useCallback(async (id: string): Promise<void> => {
    await request(`/jobs/${segment(id)}`, { method: 'DELETE' });
  }, []);

  const followFound = useCallback(
    async (job: Job): Promise<void> => {
      const title = titleOf(job.kind);
      try {
        const over = await follow(title, job);
        if (over.state === 'succeeded') show({ title: `${title}: done` });
        if (over.state === 'failed') show({ tone: 'bad', title: `${title}: failed`, text: over.problem?.detail });
      } catch (error) {
        fail(error, `${title} is not followed any more`);
      }
    },
    [follow, show, fail],
  );

  useEffect(() => {
    let isGone = false;
    let seen: ReadonlySet<string> | null = null;
    const look = async (): Promise<void> => {
      if (document.visibilityState === 'hidden') return;
      const { items } = await request<Page<Job>>('/jobs?limit=200');
      // A job that this page starts just now is its own.
      if (isGone || starting.current > 0) return;
      const others = items.filter((one) => !isOver(one.state) && !known.current.has(one.id) && !readers.has(one.kind));
      // A plan or a read of another page ends before the next look, and is not worth showing.
      for (const job of others) if (seen === null || seen.has(job.id)) void followFound(job);
      seen = new Set(others.map((one) => one.id));
    };
    const lookOrNot = (): void => void look().catch(() => undefined);
    lookOrNot();
    const timer = setInterval(lookOrNot, pause);
    window.addEventListener('focus', lookOrNot);
    return () => {
      isGone = true;
      clearInterval(timer);
      window.removeEventListener('focus', lookOrNot);
    };
  }, [followFound]);

  const value = useMemo(() => ({ running, run, cancel }), [running, run, cancel]);
  return <JobContext value={value}>{children}</JobContext>;
}

function titleOf(kind: string): string {
  const words = kind.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
