import type { UpdateState } from './collections';

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

/** An artifact that was removed. */
export interface Removed {
  artifact_id: string;
  collection: string;
  snapshot_id: string | null;
}
