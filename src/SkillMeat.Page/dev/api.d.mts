export interface MockApi {
  handle(method: string, address: string, body?: unknown): { status: number; body: unknown };
  subscribe(tell: (change: { kinds: string[]; collections: string[] }) => void): () => void;
  followJob(id: string, tell: (event: string, job: unknown) => void): (() => void) | false;
}

export function makeApi(options?: { pace?: number; isEmpty?: boolean; size?: number }): MockApi;
