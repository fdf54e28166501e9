import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HomeEvents, retryDelay } from './HomeEvents';

class Source {
  static all: Source[] = [];
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  listeners = new Map<string, (event: { data: string }) => void>();

  constructor() {
    Source.all.push(this);
  }

  addEventListener(name: string, listener: (event: { data: string }) => void): void {
    this.listeners.set(name, listener);
  }

  close(): void {
    this.closed = true;
  }
}

const last = (): Source => Source.all.at(-1) ?? new Source();

beforeEach(() => {
  vi.useFakeTimers();
  Source.all = [];
  vi.stubGlobal('EventSource', Source);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('says that the service is gone, connects again, and has everything read again', async () => {
  const onOpen = vi.fn();
  const events = new HomeEvents({ onChanged: vi.fn(), onOpen });
  const stop = events.start();
  last().onopen?.();
  expect(events.current()).toBe('online');
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('refused')));
  last().onerror?.();
  await vi.advanceTimersByTimeAsync(1);
  expect(events.current()).toBe('offline');
  // Nobody told of changes between the first answers and the open stream.
  expect(onOpen).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(600);
  expect(Source.all).toHaveLength(2);
  last().onopen?.();
  expect(events.current()).toBe('online');
  expect(onOpen).toHaveBeenCalledTimes(2);
  stop();
  expect(last().closed).toBe(true);
});

it('tells a refused session from a service that is gone', async () => {
  const events = new HomeEvents({ onChanged: vi.fn(), onOpen: vi.fn() });
  const stop = events.start();
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}', { status: 401 })));
  last().onerror?.();
  await vi.advanceTimersByTimeAsync(1);
  expect(events.current()).toBe('unauthorized');
  stop();
});

it('passes on what changed', () => {
  const onChanged = vi.fn();
  const stop = new HomeEvents({ onChanged, onOpen: vi.fn() }).start();
  last().listeners.get('changed')?.({ data: '{"kinds":["collections"],"collections":["default"]}' });
  expect(onChanged).toHaveBeenCalledWith({ kinds: ['collections'], collections: ['default'] });
  stop();
});

it('takes a silent connection for a dead one', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}')));
  const stop = new HomeEvents({ onChanged: vi.fn(), onOpen: vi.fn() }).start();
  last().onopen?.();
  await vi.advanceTimersByTimeAsync(45_000);
  expect(Source.all.length).toBeGreaterThan(1);
  stop();
});

it('waits longer after each failure, but never long', () => {
  expect([1, 2, 3, 4, 5, 9].map(retryDelay)).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
});
