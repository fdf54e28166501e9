export interface MockApi {
  home: {
    collections: {
      name: string;
      description: string | null;
      updated: string | null;
      artifacts: { artifact_id: string; description: string }[];
      groups: { name: string | null; members: string[] }[];
      [kind: string]: unknown;
    }[];
    /** Of projects, by their paths. */
    problems: Record<string, string>;
    /** Artifacts whose copies would be in the way of a deployment. */
    edited: Set<string>;
    projects: { id: string; name: string; path: string; [detail: string]: unknown }[];
    settings: { update_strategy: string | null; keep_automatic_snapshots: number | null; marketplace_hours: number | null };
    deployments: {
      artifact_id?: string;
      project?: string;
      state?: string;
      collection?: string;
      is_link?: boolean;
      path?: string;
      is_user_scope?: boolean;
    }[];
  };
  handle(method: string, address: string, body?: unknown): { status: number; body: unknown };
  subscribe(tell: (change: { kinds: string[]; collections: string[] }) => void): () => void;
  followJob(id: string, tell: (event: string, job: unknown) => void): (() => void) | false;
}

export function makeApi(options?: { pace?: number; isEmpty?: boolean; size?: number }): MockApi;
