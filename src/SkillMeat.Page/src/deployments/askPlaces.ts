import { ApiProblem } from '../api/ApiProblem';
import { JobCancelled } from '../jobs/JobCancelled';
import type { Place } from './byPlace';

/**
 * Asks for each place in turn, and adds the answers to `results`. The service refuses a place whole when one of its copies is gone; its others
 * are asked for one by one then. The first problem is thrown after all were asked.
 */
export async function askPlaces<T>(places: readonly Place[], ask: (place: Place) => Promise<T[]>, results: T[]): Promise<void> {
  const problems: unknown[] = [];
  for (const place of places) {
    try {
      results.push(...(await ask(place)));
    } catch (error) {
      if (isEnd(error)) throw error;
      const isGone = error instanceof ApiProblem && error.code === 'ArtifactNotFound';
      if (isGone && place.artifacts.length > 1) {
        const single = place.artifacts.map((id) => ({ ...place, artifacts: [id] }));
        await askPlaces(single, ask, results).catch((one: unknown) => {
          if (isEnd(one)) throw one;
          problems.push(one);
        });
      } else problems.push(error);
    }
  }
  if (problems.length > 0) throw problems[0];
}

/** Nothing more is asked for after it. */
const isEnd = (error: unknown): boolean => error instanceof JobCancelled || (error instanceof ApiProblem && error.isUnreachable);
