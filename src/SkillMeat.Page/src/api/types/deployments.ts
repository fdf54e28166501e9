import type { FileConflict, FileUpdate } from './changes';
import type { Page } from './service';

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
