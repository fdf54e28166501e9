import type { FileChange } from './changes';

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
