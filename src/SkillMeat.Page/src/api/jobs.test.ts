import { afterEach, expect, it, vi } from 'vitest';
import { followJob } from './jobs';
import type { Job } from './types';

afterEach(() => vi.unstubAllGlobals());

const job = (state: Job['state'], done = 0): Job => ({
  id: 'j1',
  kind: 'x',
  state,
  progress: { done, total: 2, text: null },
  created_at: '',
  finished_at: null,
  result: state === 'succeeded' ? 7 : null,
  problem: null,
});

it('asks for the state where there are no events', async () => {
  vi.stubGlobal('EventSource', undefined);
  const answers = [job('running', 1), job('succeeded', 2)];
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(answers.shift()))));
  const seen: number[] = [];
  const over = await followJob(job('running'), (one) => seen.push(one.progress?.done ?? 0));
  expect(over.result).toBe(7);
  expect(seen).toEqual([1, 2]);
});

it('says that the service was restarted where it does not know the job any more', async () => {
  vi.stubGlobal('EventSource', undefined);
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}', { status: 404 })));
  await expect(followJob(job('running'), () => undefined)).rejects.toThrow(/restarted/);
});

it('does not ask about a job that is over', async () => {
  await expect(followJob(job('failed'), () => undefined)).resolves.toMatchObject({ state: 'failed' });
});
