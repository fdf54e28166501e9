import { expect, it } from 'vitest';
import { watchedPages } from './watched';

it('asks for a page a second, however many are loaded', () => {
  const after = (pages: number | null): number =>
    watchedPages.refetchInterval({ state: { data: pages === null ? undefined : { pages: Array<unknown>(pages).fill(null) } } });
  expect([null, 0, 1, 2, 50].map(after)).toEqual([1000, 1000, 1000, 2000, 50_000]);
});
