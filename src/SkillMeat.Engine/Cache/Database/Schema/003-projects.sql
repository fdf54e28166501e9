-- The state upstream that the last update check of an artifact found. It counts as long as the artifact has the same upstream, ref, commit and fetched content. Times are in ticks, in UTC.
CREATE TABLE upstream_state(
    collection TEXT NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    upstream TEXT,
    ref TEXT,
    resolved_sha TEXT,
    content_hash TEXT,
    change TEXT NOT NULL,
    -- Whether the artifact is behind upstream.
    is_behind INTEGER NOT NULL,
    -- The versions of the artifact in the collection, when it was checked, and upstream: what its files say, or the tags.
    collection_version TEXT,
    upstream_version TEXT,
    are_tags INTEGER NOT NULL,
    -- The commit upstream.
    upstream_commit TEXT,
    commits_behind INTEGER,
    checked INTEGER NOT NULL,
    -- The last check since, if upstream did not answer.
    failed INTEGER,
    problem TEXT,
    sum INTEGER NOT NULL,
    PRIMARY KEY(collection, type, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX upstream_state_behind ON upstream_state(collection, type, name) WHERE is_behind = 1;

-- The projects, and the user's own folders, as they were when their deployments were looked at.
CREATE TABLE site(
    id INTEGER PRIMARY KEY,
    folder TEXT NOT NULL,
    is_user INTEGER NOT NULL,
    -- The rules by which the deployments were found.
    rules INTEGER NOT NULL,
    -- The paths of all files and folders on which the deployments depend.
    places BLOB NOT NULL,
    -- The hash of their stamps. An empty one never fits, so the project is looked at again.
    stamps BLOB NOT NULL,
    -- The collections, as they were then.
    collections BLOB NOT NULL,
    copies BLOB NOT NULL,
    error_id TEXT,
    problem TEXT,
    sum INTEGER NOT NULL,
    UNIQUE(folder, is_user)
) STRICT;

-- The deployments of the sites, to find them by artifact. What is shown of them stands in site.copies.
CREATE TABLE deployment(
    collection TEXT NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    site_id INTEGER NOT NULL REFERENCES site(id) ON DELETE CASCADE,
    profile TEXT NOT NULL,
    state TEXT NOT NULL,
    -- Whether the copy is behind the collection.
    is_behind INTEGER NOT NULL,
    PRIMARY KEY(collection, type, name, site_id, profile)
) STRICT, WITHOUT ROWID;

CREATE INDEX deployment_by_site ON deployment(site_id);
CREATE INDEX deployment_behind ON deployment(collection, type, name) WHERE is_behind = 1;

-- The files of deployed artifacts in the collections, with a stamp of each artifact.
CREATE TABLE original(
    collection TEXT PRIMARY KEY,
    places BLOB NOT NULL,
    sum INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
