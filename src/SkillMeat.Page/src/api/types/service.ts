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

export interface Background {
  enabled?: boolean;
  running?: boolean;
  last_run?: { started: string; succeeded: boolean; refreshed: number; failed: number } | null;
  next_run?: string | null;
  interval_seconds?: number | null;
}

export interface Settings {
  active_collection: string;
  [name: string]: unknown;
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
}
