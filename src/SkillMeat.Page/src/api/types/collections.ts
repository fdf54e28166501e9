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

/** When artifacts of a collection were last checked for updates. */
export interface LastCheck {
  checked_at: string | null;
}
