import type { FileConflict } from './changes';

export interface Page<T> {
  items: T[];
  total: number;
  next_cursor: string | null;
}

export interface Info {
  version: string;
  home: string;
  process_id: number;
  active_collection: string | null;
  page: boolean;
  started_at: string;
  has_github_token: boolean;
}

/** The background refresh of the home, in whatever process it runs. */
export interface Background {
  state: string;
  running: boolean;
  interval_seconds: number | null;
  started: string | null;
  last_run: { started: string; succeeded: boolean; duration_ms: number | null } | null;
  last_success: string | null;
  runs: number;
  success_rate: number | null;
  next_run: string | null;
  problem: string | null;
  process_id: number | null;
  machine: string | null;
  /** Whether this service refreshes, or would if no other process did. */
  service_refreshes: boolean;
}

/** A null stands for the default. */
export interface Settings {
  active_collection: string;
  update_strategy: string | null;
  keep_automatic_snapshots: number | null;
  marketplace_hours: number | null;
  has_github_token: boolean;
}

export type JobState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

export interface Job<T = unknown> {
  id: string;
  kind: string;
  state: JobState;
  progress: { done: number; total: number; text: string | null } | null;
  created_at: string;
  finished_at: string | null;
  result: T | null;
  problem: ProblemDetails | null;
}

export interface ProblemDetails {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  nearest?: string;
  conflicts?: FileConflict[];
}

export interface HomeChange {
  kinds: string[];
  collections: string[];
  /** Anything may have changed. */
  all?: boolean;
}
