/** The bodies of the service, named as its JSON names them. `npm run types` writes the whole contract to schema.ts from openapi.json. */

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

export interface CollectionSummary {
  name: string;
  is_active: boolean;
  artifact_count: number;
  updated: string | null;
  problem: string | null;
  code: string | null;
  title: string | null;
  folder: string;
  created: string | null;
  mcp_server_count: number;
  groups: string[];
  description?: string | null;
}

export type UpdateState = 'up_to_date' | 'update_available' | 'moved' | 'deleted' | 'unknown';

export interface ArtifactListItem {
  artifact_id: string;
  name: string;
  type: string;
  collection: string;
  title: string | null;
  description: string | null;
  tags: string[];
  groups: string[];
  version: string | null;
  origin: string;
  upstream: string | null;
  ref: string | null;
  last_updated: string | null;
  state: UpdateState;
  upstream_version: string | null;
  checked_at: string | null;
  deployments: number;
  drifted: number;
}

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

export interface LinkedArtifact {
  artifact_id: string | null;
  name: string | null;
  type: string | null;
  link_type: string | null;
}

export interface Artifact {
  artifact_id: string;
  name: string;
  type: string;
  collection: string;
  path: string;
  origin: string;
  origin_source: string | null;
  added: string | null;
  last_updated: string | null;
  upstream: string | null;
  version_spec: string | null;
  resolved_sha: string | null;
  resolved_version: string | null;
  content_hash: string | null;
  tags: string[];
  title: string | null;
  description: string | null;
  author: string | null;
  license: string | null;
  version: string | null;
  category: string | null;
  deprecated: boolean | null;
  ref: string | null;
  fetched: string | null;
  tools: string[];
  dependencies: string[];
  target_platforms: string[];
  linked_artifacts: LinkedArtifact[];
  unlinked_references: string[];
  groups?: string[];
  update?: ArtifactUpdate | null;
}

/** An artifact with everything that is known of it. */
export interface ArtifactDetail {
  artifact: Artifact;
  groups: string[];
  update: ArtifactUpdate | null;
}

/** The answer of the last check for one artifact. */
export interface ArtifactUpdate {
  state: UpdateState;
  upstream_version: string | null;
  checked_at: string | null;
  deployments?: number;
  drifted?: number;
}

export interface ArtifactEdit {
  title?: string | null;
  description?: string | null;
  author?: string | null;
  license?: string | null;
  category?: string | null;
  tags?: string[];
}

export interface ArtifactFile {
  path: string;
  size: number;
  is_text: boolean;
  mode: string | null;
}

export interface ArtifactFileText {
  path: string;
  text: string | null;
  is_text: boolean;
  size: number;
  truncated: boolean;
}

export interface ArtifactManifest {
  path: string;
  text: string;
}

export interface ArtifactVersion {
  snapshot_id: string;
  created_at: string;
  message: string;
  version: string | null;
  changed_files: string[];
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
  merged: string;
  conflicts: FileConflict[];
}

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

export type DeploymentState = 'in_sync' | 'modified' | 'outdated' | 'conflict' | 'converged' | 'added' | 'removed' | 'orphaned' | 'missing';

export interface Deployment {
  artifact_id: string;
  project: string;
  profile: string;
  state: DeploymentState;
  deployed_at: string | null;
  version: string | null;
  collection: string | null;
  path: string;
}

export interface DeploymentPage extends Page<Deployment> {
  counts: Partial<Record<DeploymentState, number>>;
}

export interface Drift {
  artifact_id: string;
  project: string;
  profile: string;
  state: DeploymentState;
  change_origin: string;
  changed_files: string[];
  recommendation: string;
  path: string;
  collection: string | null;
  is_link: boolean;
}

export interface Project {
  id?: string;
  name: string;
  path: string;
  is_missing: boolean;
  is_registered: boolean;
  registered_at: string | null;
  profiles: string[];
  deployments: number;
  problem: string | null;
}

export interface Deployed {
  artifact_id: string;
  project: string;
  profile: string;
  path: string | null;
  status: 'deployed' | 'updated' | 'unchanged' | 'conflict' | 'skipped' | 'removed' | 'error';
  reason: string | null;
  dry_run: boolean;
  warnings: string[];
}

export interface Sync {
  artifact_id: string;
  project: string;
  profile: string;
  status: 'pushed' | 'pulled' | 'merged' | 'forked' | 'unchanged' | 'skipped' | 'conflict' | 'error';
  files_changed: number;
  conflicts: FileConflict[];
  reason: string | null;
  project_files: FileUpdate[];
  collection_files: FileUpdate[];
  snapshot_id: string | null;
  dry_run: boolean;
}

export interface Group {
  name: string;
  description: string | null;
  color: string | null;
  icon: string | null;
  position: number | null;
  members: string[];
}

export interface GroupEdit {
  name?: string;
  description?: string | null;
  color?: string | null;
  icon?: string | null;
}

export interface Snapshot {
  id: string;
  kind: string;
  created_at: string;
  message: string;
  artifact_count: number;
  size_bytes: number;
  content_bytes: number | null;
  collection: string;
  problem: string | null;
}

export interface SnapshotChange {
  artifact_id: string;
  change: FileChange;
  changed_files?: string[];
}

export interface SnapshotDetail extends Snapshot {
  changes?: SnapshotChange[];
}

export interface SnapshotComparison {
  from: string;
  to: string;
  changes: SnapshotChange[];
}

export interface Restore {
  collection: string;
  snapshot_id: string;
  safety_snapshot_id: string | null;
  artifact_count: number;
  verified: boolean;
  warnings: string[];
  changed_paths: string[];
  changed_artifacts: string[];
}

export interface SnapshotCheck {
  id: string;
  is_sound: boolean;
  object_count: number;
  size_bytes: number;
  problems: string[];
}

export interface Stale {
  artifact_id: string;
  project: string | null;
  profile: string | null;
  deployed_version: string | null;
  collection_version: string | null;
  upstream_version: string | null;
  difference: string;
  commits_behind: number | null;
  checked_at: string | null;
  collection: string;
  problem: string | null;
}

export interface FoundArtifact {
  artifact_id: string;
  collection: string;
  name: string;
  type: string;
  description: string | null;
  tags: string[];
  project: string | null;
  score: number;
  snippet: string;
}

export interface SearchResult {
  total: number;
  match: string;
  items: FoundArtifact[];
}

export interface CacheStatus {
  path: string | null;
  size_bytes: number;
  schema_version: number;
  artifacts: number;
  hits: number;
  misses: number;
  hit_rate: number | null;
  last_refresh: string | null;
  state: string;
  created: string | null;
  problem: string | null;
}

export interface Marketplace {
  name: string;
  source: string;
  kind: string;
  plugins: number | null;
  artifacts: number | null;
  updated_at: string | null;
  is_stale: boolean;
  problem: string | null;
  description: string | null;
  version: string | null;
}

export interface MarketplaceArtifact {
  marketplace: string;
  plugin: string | null;
  artifact_id: string | null;
  type: string | null;
  name: string;
  description: string | null;
  version: string | null;
  state: 'new' | 'present' | 'behind' | null;
  source: string | null;
  updated_at: string;
  is_stale: boolean;
  collection_version: string | null;
  category: string | null;
  tags: string[];
  problem: string | null;
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
