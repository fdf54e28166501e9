import type { MockApi } from '../../dev/api.mjs';

/** The browser's EventSource over the stand-in for the service. */
export class MockEvents {
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  #listeners = new Map<string, ((event: { data: string }) => void)[]>();
  #stop: () => void = () => undefined;

  static over(api: MockApi): new () => MockEvents {
    return class extends MockEvents {
      constructor() {
        super();
        this.follow(api);
      }
    };
  }

  follow(api: MockApi): void {
    const tell = (event: string, data: unknown): void => this.#listeners.get(event)?.forEach((one) => one({ data: JSON.stringify(data) }));
    // The listeners are added after the construction.
    setTimeout(() => {
      this.#stop = api.subscribe((change) => tell('changed', change));
      this.onopen?.();
    });
  }

  addEventListener(name: string, listener: (event: { data: string }) => void): void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
  }

  close(): void {
    this.#stop();
    this.#listeners.clear();
  }
}
