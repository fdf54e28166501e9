import { afterEach, expect, it, vi } from 'vitest';
import { followJob } from './jobs';
import type { Job } from './types';

afterEach(() => vi.unstubAllGlobals());

const job = (state: Job['state'], done = 0): Job => ({
  id: 'j1',
  kind: 'x',
  collection: null,
  state,
  progress: { done, total: 2, text: '' },
  created_at: '',
  finished_at: null,
  result: state === 'succeeded' ? 7 : null,
  problem: null,
});

it('asks for the state until the job is over', async () => {
  const answers = [job('running', 1), job('succeeded', 2)];
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(answers.shift()))));
  const seen: number[] = [];
  const over = await followJob(job('running'), (one) => seen.push(one.progress.done));
  expect(over.result).toBe(7);
  expect(seen).toEqual([1, 2]);
});

it('says that the service was restarted where it does not know the job any more', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}', { status: 404 })));
  await expect(followJob(job('running'), () => undefined)).rejects.toThrow(/restarted/);
});

it('does not ask about a job that is over', async () => {
  await expect(followJob(job('failed'), () => undefined)).resolves.toMatchObject({ state: 'failed' });
});

it('keeps the connections of the browser free while many jobs run', async () => {
  const source = vi.fn();
  vi.stubGlobal('EventSource', source);
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(job('succeeded')))));
  await Promise.all(Array.from({ length: 8 }, () => followJob(job('running'), () => undefined)));
  expect(source).not.toHaveBeenCalled();
});

it('goes on after the service did not answer', async () => {
  const answers = [() => Promise.reject(new TypeError('refused')), () => Promise.resolve(new Response(JSON.stringify(job('succeeded'))))];
  vi.stubGlobal('fetch', () => answers.shift()?.());
  await expect(followJob(job('running'), () => undefined)).resolves.toMatchObject({ state: 'succeeded' });
});
