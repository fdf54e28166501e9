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
