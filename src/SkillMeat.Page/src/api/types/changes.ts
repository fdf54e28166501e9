export interface Check {
  artifact_id: string;
  collection: string;
  change_type: 'up_to_date' | 'updated' | 'moved' | 'deleted' | 'new' | 'unknown';
  update_available: boolean;
  current_sha: string | null;
  upstream_sha: string | null;
  new_path: string | null;
  new_repository: string | null;
  reason: string | null;
  drift: 'no_update' | 'safe_update' | 'review_required' | 'conflict';
  code: string | null;
}

export interface DiffLine {
  kind: 'context' | 'removed' | 'added';
  old_line: number | null;
  new_line: number | null;
  text: string;
  ends_with_line_feed: boolean;
}

export interface DiffHunk {
  old_start: number;
  old_count: number;
  new_start: number;
  new_count: number;
  lines: DiffLine[];
}

export type FileChange = 'added' | 'changed' | 'deleted';

export interface FileComparison {
  path: string;
  change: FileChange;
  hunks: DiffHunk[];
  note: string | null;
}

export interface Comparison {
  files: FileComparison[];
  artifact_id: string;
  collection: string;
  path: string | null;
  from: string;
  to: string;
}

export interface FileConflict {
  path: string;
  lines: string[];
  kind: string;
  reason: string;
  upstream_lines?: string[];
}

export interface ConflictText {
  path: string;
  base: string | null;
  ours: string | null;
  theirs: string | null;
  merged: string | null;
  is_text: boolean;
  /** Sent back with the result, so that it is refused if a side changed meanwhile. */
  state: string;
  conflicts: FileConflict[];
}

/** What becomes of a file with conflicts: a text, or a side as it is, byte for byte. */
export type Resolution = { state: string } & ({ text: string } | { take: 'ours' | 'theirs' });

export interface FileUpdate {
  path: string;
  change: FileChange;
}

export interface Update {
  artifact_id: string;
  status: 'updated' | 'merged' | 'unchanged' | 'kept_local' | 'conflict' | 'skipped' | 'error' | 'removed';
  change_type: string;
  old_sha: string | null;
  new_sha: string | null;
  files_changed: number;
  conflicts: FileConflict[];
  reason: string | null;
  collection: string;
  snapshot_id: string | null;
  files: FileUpdate[];
  code: string | null;
  dry_run: boolean;
  warnings: string[];
}

export interface Added {
  spec: string;
  artifact_id: string | null;
  collection: string;
  status: 'added' | 'skipped' | 'error' | 'unchanged';
  path: string | null;
  resolved_version: string | null;
  warnings: string[];
  reason: string | null;
  code: string | null;
}

export interface UpstreamArtifact {
  artifact_id: string;
  type: string;
  name: string;
  description: string | null;
  path: string;
  state: 'new' | 'present' | 'behind';
  upstream_sha: string | null;
  spec: string;
}
