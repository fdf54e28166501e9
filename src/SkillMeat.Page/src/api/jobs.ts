import { ApiProblem } from './ApiProblem';
import { segment } from './paths';
import { request } from './request';
import type { Job, JobState } from './types';

const longestPause = 1000;

export const isOver = (state: JobState): boolean => state === 'succeeded' || state === 'failed' || state === 'cancelled';

/** Follows a job to its end by asking. A stream for each would use up the six connections that a browser opens to one server. */
export async function followJob<T>(job: Job<T>, onChange: (job: Job<T>) => void): Promise<Job<T>> {
  let now = job;
  let failures = 0;
  for (let pause = 100; !isOver(now.state); pause = Math.min(longestPause, pause * 2)) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    try {
      now = await request<Job<T>>(`/jobs/${segment(job.id)}`);
      failures = 0;
      onChange(now);
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : ApiProblem.unreachable();
      if (problem.status === 404)
        throw new ApiProblem(404, {
          detail:
            'The service was restarted while it worked. The home is whole; the page shows its present state. Start the action again if it is not done.',
        });
      if (!problem.isUnreachable || ++failures > 120) throw problem;
    }
  }
  return now;
}
