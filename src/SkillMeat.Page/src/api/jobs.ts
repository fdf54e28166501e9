import { ApiProblem } from './ApiProblem';
import { segment } from './paths';
import { request } from './request';
import type { Job, JobState } from './types';

const pause = 500;

export const isOver = (state: JobState): boolean => state === 'succeeded' || state === 'failed' || state === 'cancelled';

/** Follows a job to its end: by its events, and by asking where those are interrupted. */
export function followJob<T>(job: Job<T>, onChange: (job: Job<T>) => void): Promise<Job<T>> {
  if (isOver(job.state)) return Promise.resolve(job);
  return new Promise((resolve, reject) => {
    let failures = 0;
    const source = typeof EventSource === 'undefined' ? null : new EventSource(`/api/v1/jobs/${segment(job.id)}/events`);
    const take = (changed: Job<T>): boolean => {
      onChange(changed);
      if (!isOver(changed.state)) return false;
      source?.close();
      resolve(changed);
      return true;
    };
    const ask = async (): Promise<void> => {
      try {
        if (take(await request<Job<T>>(`/jobs/${segment(job.id)}`))) return;
        failures = 0;
      } catch (error) {
        const problem = error instanceof ApiProblem ? error : ApiProblem.unreachable();
        if (problem.status === 404) {
          return reject(
            new ApiProblem(404, {
              detail:
                'The service was restarted while it worked. The home is whole; the page shows its present state. Start the action again if it is not done.',
            }),
          );
        }
        if (!problem.isUnreachable || ++failures > 120) return reject(problem);
      }
      setTimeout(() => void ask(), failures ? pause * 2 : pause);
    };
    if (!source) return void ask();
    const read = (event: MessageEvent<string>): void => void take(JSON.parse(event.data) as Job<T>);
    source.addEventListener('progress', read);
    source.addEventListener('done', read);
    source.onerror = () => {
      source.close();
      void ask();
    };
  });
}
