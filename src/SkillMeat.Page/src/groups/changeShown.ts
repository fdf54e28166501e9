import { ApiProblem } from '../api/ApiProblem';
import { request, requestWithVersion, type RequestOptions } from '../api/request';

interface ShownChange<T> extends RequestOptions {
  /** The address that is read, where another one is written. */
  readFrom?: string;
  /** Whether what is read is what the screen shows. */
  isShown: (now: T) => boolean;
}

/**
 * Changes something only if it is still as the screen shows it: it is read, compared, and changed with the version that was read.
 * Otherwise nothing is changed, and a problem with status 412 is thrown.
 */
export async function changeShown<T>(path: string, { readFrom = path, isShown, ...options }: ShownChange<T>): Promise<void> {
  const { body, version } = await requestWithVersion<T>(readFrom);
  if (!isShown(body)) throw new ApiProblem(412, { detail: 'It was changed since it was shown.' });
  await request(path, { ...options, version });
}

export const isStale = (error: unknown): boolean => error instanceof ApiProblem && error.status === 412;

export const isSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((one, index) => one === others[index]);
