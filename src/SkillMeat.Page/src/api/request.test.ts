import { afterEach, expect, it, vi } from 'vitest';
import { ApiProblem } from './ApiProblem';
import { artifactPath, filePath, withQuery } from './paths';
import { request, requestItems, requestWithVersion } from './request';

afterEach(() => vi.unstubAllGlobals());

const answering = (status: number, body: string, headers: Record<string, string> = {}) => {
  const fetch = vi.fn(() => Promise.resolve(new Response(body, { status, headers })));
  vi.stubGlobal('fetch', fetch);
  return fetch;
};

it('throws the problem that the service tells', async () => {
  answering(
    404,
    JSON.stringify({ title: 'Not found', detail: 'There is no such collection.', code: 'CollectionNotFound', nearest: 'default' }),
  );
  const problem = await request('/collections/x').catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(ApiProblem);
  expect(problem).toMatchObject({
    status: 404,
    code: 'CollectionNotFound',
    message: 'There is no such collection.',
    details: { nearest: 'default' },
  });
});

it('understands answers that are not JSON', async () => {
  answering(502, '<html>Bad gateway</html>');
  await expect(request('/x')).rejects.toMatchObject({ status: 502, message: 'The service answered with status 502.' });
});

it('tells when nobody answers', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
  await expect(request('/x')).rejects.toMatchObject({ isUnreachable: true });
});

it('sends the version of an edit', async () => {
  const fetch = answering(200, '{}', { etag: '"2"' });
  const { version } = await requestWithVersion('/x', { method: 'PUT', body: {}, version: '"1"' });
  expect(version).toBe('"2"');
  expect(fetch).toHaveBeenCalledWith(
    '/api/v1/x',
    expect.objectContaining({ headers: expect.objectContaining({ 'if-match': '"1"' }) as unknown }),
  );
});

it('keeps hostile names within their segment', () => {
  expect(artifactPath('a/../b', 'skill:x?y#z')).toBe('/collections/a%2F..%2Fb/artifacts/skill%3Ax%3Fy%23z');
  expect(filePath('c', 'skill:x', 'a b/ü.md')).toBe('/collections/c/artifacts/skill%3Ax/files/a%20b/%C3%BC.md');
  expect(withQuery('/x', { q: 'a&b', empty: '', none: null, zero: 0 })).toBe('/x?q=a%26b&zero=0');
});

it('reads all pages of a list', async () => {
  const fetch = vi.fn((address: string) => {
    const from = Number(new URL(address, 'http://x').searchParams.get('cursor') ?? 0);
    const body = { items: [from, from + 1], total: 6, next_cursor: from < 4 ? String(from + 2) : null };
    return Promise.resolve(new Response(JSON.stringify(body)));
  });
  vi.stubGlobal('fetch', fetch);
  expect(await requestItems<number>('/x')).toEqual([0, 1, 2, 3, 4, 5]);
  expect(fetch.mock.calls.map(([address]) => address)).toEqual([
    '/api/v1/x?limit=1000',
    '/api/v1/x?limit=1000&cursor=2',
    '/api/v1/x?limit=1000&cursor=4',
  ]);
});

it('takes a list without the frame of a page', async () => {
  answering(200, '[1, 2]');
  expect(await requestItems<number>('/x')).toEqual([1, 2]);
});
