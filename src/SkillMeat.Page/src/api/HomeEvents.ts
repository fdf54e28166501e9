import { ApiProblem } from './ApiProblem';
import { request } from './request';
import type { HomeChange, Info } from './types';

export type Connection = 'connecting' | 'online' | 'offline' | 'unauthorized';

interface Listener {
  onChanged: (change: HomeChange) => void;
  /** The stream is open, for the first time or again; anything may have changed since the data was read. */
  onOpen: () => void;
}

/** The longest silence before the stream counts as dead: the service sends a ping every 15 seconds. */
const silence = 40_000;
const hiddenDelay = 20_000;

/** The stream of changes to the home. It connects again by itself, and rests while the page is hidden, because browsers open only six connections to one server. */
export class HomeEvents {
  #listener: Listener;
  #source: EventSource | null = null;
  #connection: Connection = 'connecting';
  #subscribers = new Set<() => void>();
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setTimeout> | undefined;
  #hide: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#subscribers.add(changed);
    return () => this.#subscribers.delete(changed);
  };

  readonly current = (): Connection => this.#connection;

  start(): () => void {
    const visibility = (): void => this.#onVisibility();
    document.addEventListener('visibilitychange', visibility);
    this.#open();
    return () => {
      document.removeEventListener('visibilitychange', visibility);
      this.#close();
      clearTimeout(this.#hide);
    };
  }

  /** Tries at once instead of after the pause. */
  readonly retryNow = (): void => {
    this.#close();
    this.#open();
  };

  #open(): void {
    const source = new EventSource('/api/v1/events');
    this.#source = source;
    this.#listen();
    source.onopen = () => this.#onOpen();
    source.onerror = () => void this.#onError();
    source.addEventListener('ping', () => this.#listen());
    source.addEventListener('changed', (event: MessageEvent<string>) => {
      this.#listen();
      this.#listener.onChanged(JSON.parse(event.data) as HomeChange);
    });
  }

  #onOpen(): void {
    this.#attempts = 0;
    this.#set('online');
    this.#listener.onOpen();
  }

  async #onError(): Promise<void> {
    this.#close();
    const attempt = ++this.#attempts;
    try {
      await request<Info>('/info');
    } catch (error) {
      if (attempt !== this.#attempts || this.#source) return;
      this.#set(error instanceof ApiProblem && error.isUnauthorized ? 'unauthorized' : 'offline');
    }
    if (attempt === this.#attempts && !this.#source) this.#retry = setTimeout(() => this.#open(), retryDelay(attempt));
  }

  #onVisibility(): void {
    clearTimeout(this.#hide);
    if (document.visibilityState === 'hidden') this.#hide = setTimeout(() => this.#close(), hiddenDelay);
    else if (!this.#source) this.retryNow();
  }

  #listen(): void {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => void this.#onError(), silence);
  }

  #close(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#watch);
    this.#source?.close();
    this.#source = null;
  }

  #set(connection: Connection): void {
    if (connection === this.#connection) return;
    this.#connection = connection;
    for (const changed of this.#subscribers) changed();
  }
}

export function retryDelay(attempt: number): number {
  return Math.min(5000, 500 * 2 ** Math.max(0, attempt - 1));
}
