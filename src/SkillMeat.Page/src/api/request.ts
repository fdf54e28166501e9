import { ApiProblem } from './ApiProblem';
import { withQuery } from './paths';
import type { Page, ProblemDetails } from './types';

const base = '/api/v1';

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  /** Sent as If-Match: the edit is refused if somebody else made one since this version was read. */
  version?: string | null | undefined;
  signal?: AbortSignal;
}

export interface Answer<T> {
  body: T;
  version: string | null;
}

/** Sends a request to the service; throws an ApiProblem if it does not succeed. */
export async function requestWithVersion<T>(
  path: string,
  { method = 'GET', body, version, signal }: RequestOptions = {},
): Promise<Answer<T>> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (version) headers['if-match'] = version;
  let response: Response;
  try {
    response = await fetch(base + path, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw ApiProblem.unreachable();
  }
  const text = await response.text();
  if (!response.ok) throw new ApiProblem(response.status, problemIn(text));
  return { body: (text ? JSON.parse(text) : null) as T, version: response.headers.get('etag') };
}

export async function request<T>(path: string, options?: RequestOptions): Promise<T> {
  return (await requestWithVersion<T>(path, options)).body;
}

function problemIn(text: string): ProblemDetails {
  try {
    return JSON.parse(text) as ProblemDetails;
  } catch {
    return {};
  }
}

/** All items of a list, page after page, with or without the frame of a page. */
export async function requestItems<T>(path: string, options?: RequestOptions): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const body: Page<T> | T[] = await request<Page<T> | T[]>(withQuery(path, { limit: 1000, cursor }), options);
    if (Array.isArray(body)) return body;
    items.push(...body.items);
    cursor = body.next_cursor;
  } while (cursor !== null);
  return items;
}
