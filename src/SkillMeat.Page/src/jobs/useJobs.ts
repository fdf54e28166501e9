import { createContext, use } from 'react';
import type { Job } from '../api/types';

export interface RunningJob {
  job: Job;
  title: string;
}

export interface JobControl {
  running: readonly RunningJob[];
  /** Starts long work, shows its progress unless it is quiet, and returns its result. */
  run: <T>(title: string, start: () => Promise<Job<T>>, options?: { quiet?: boolean }) => Promise<T>;
  cancel: (id: string) => Promise<void>;
}

export const JobContext = createContext<JobControl>({
  running: [],
  run: () => Promise.reject(new Error('Jobs run inside of JobsProvider only.')),
  cancel: () => Promise.resolve(),
});

export const useJobs = (): JobControl => use(JobContext);
