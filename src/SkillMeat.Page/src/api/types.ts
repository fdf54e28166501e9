import type { components } from './schema';

type Schemas = components['schemas'];

/*
 * The bodies of the service. `npm run types` makes schema.ts of openapi.json, which a test of the service keeps current;
 * here are the names by which the page calls them.
 */

export type Page<T> = Omit<Schemas['PageOfJob'], 'items'> & { items: T[] };

export type Info = Schemas['Info'];
/** The background refresh of the home, in whatever process it runs. */
export type Background = Schemas['Background'];
/** A null stands for the default. */
export type Settings = Schemas['Settings'];
export type HomeChange = Schemas['HomeChanged'];

export type JobState = Schemas['JobState'];
export type Job<T = unknown> = Omit<Schemas['Job'], 'result'> & { result: T | null };
/** What is told of an error; a proxy between may tell less than the service. */
export type ProblemDetails = Partial<Schemas['Problem']>;

export type CollectionSummary = Schemas['CollectionSummary'];
export type DeletedCollection = Schemas['DeletedCollection'];
export type RestorableCollection = Schemas['RestorableCollection'];
export type UpdateState = Schemas['ListedState'];
export type ArtifactListItem = Schemas['ArtifactListItem'];
/** What the artifacts of a collection can be filtered by, with numbers. */
export type ArtifactFacets = Schemas['ArtifactFacets'];
export type Refresh = Schemas['Refresh'];
export type Adopted = Schemas['Adopt'];

export type ArtifactDetail = Schemas['ArtifactDetail'];
/** An artifact with everything that is known of it. */
export type Artifact = ArtifactDetail['artifact'] & Omit<ArtifactDetail, 'artifact'>;
/** The answer of the last check for one artifact. */
export type ArtifactUpdate = Schemas['ArtifactUpdate'];
export type ArtifactEdit = Schemas['ArtifactEdit'];
export type ArtifactFile = Schemas['ArtifactFile'];
export type ArtifactFileText = Schemas['ArtifactText'];
export type ArtifactManifest = Schemas['ArtifactManifest'];
export type ArtifactVersion = Schemas['ArtifactVersion'];
export type Removed = Schemas['Removed'];
/** When a collection was last checked for updates; a null stands for never. */
export type LastCheck = Schemas['LastCheck'];

export type Check = Schemas['Check'];
export type DiffLine = Schemas['DiffLine'];
export type DiffHunk = Schemas['DiffHunk'];
export type FileChange = Schemas['FileUpdateKind'];
export type FileComparison = Schemas['FileComparison'];
export type Comparison = Schemas['Comparison'];
export type FileConflict = Schemas['FileConflict'];
export type ConflictText = Schemas['ConflictTexts'];
/** What becomes of a file with conflicts: a text, or a side as it is, byte for byte. `state` refuses it if a side changed meanwhile. */
export type Resolution = { state: string } & ({ text: string } | { take: 'ours' | 'theirs' });
export type Update = Schemas['Update'];
export type Added = Schemas['Add'];
export type UpstreamArtifact = Schemas['UpstreamArtifact'];

/** A manifest can have entries without a name, which nothing can address. */
export type Named<T extends { name: string | null }> = T & { name: string };

export type Group = Named<Schemas['Group']>;
export type GroupPage = Schemas['PageOfGroup'];
export type GroupEdit = Schemas['GroupEdit'];
export type GroupMember = Schemas['GroupMember'];
export type TagEntry = Schemas['TagEntry'];
export type McpEntry = Schemas['McpEntry'];

export type Project = Schemas['ServedProject'];
export type Profile = Schemas['Profile'];
export type DeploymentState = Schemas['DeploymentState'];
export type Deployment = Schemas['Deployment'];
export type DeploymentPage = Schemas['DeploymentPage'];
export type Drift = Schemas['Drift'];
export type Deployed = Schemas['Deployed'];
export type Sync = Schemas['Sync'];
export type FileUpdate = Sync['project_files'][number];
export type Stale = Schemas['Stale'];

export type Snapshot = Schemas['Snapshot'];
export type SnapshotChange = Schemas['SnapshotChange'];
export type SnapshotDetail = Schemas['SnapshotDetail'];
export type SnapshotComparison = Schemas['SnapshotComparison'];
export type SnapshotCheck = Schemas['SnapshotCheck'];
export type Restore = Schemas['Restore'];

export type FoundArtifact = Schemas['FoundArtifact'];
export type SearchResult = Schemas['Search'];
export type CacheStatus = Schemas['CacheStatus'];
export type Marketplace = Schemas['Marketplace'];
export type MarketplaceResult = Schemas['MarketplaceResult'];
export type MarketplaceArtifact = Schemas['MarketplaceArtifact'];
