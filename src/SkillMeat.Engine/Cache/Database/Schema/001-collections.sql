-- One row: the home that this database is the cache of.
CREATE TABLE about(
    home TEXT NOT NULL
) STRICT;

-- The collections as they were when their artifacts were read. The stamps are those of the manifest and the lock file.
CREATE TABLE collection(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    manifest_stamp BLOB NOT NULL,
    lock_stamp BLOB NOT NULL,
    -- The time at which the manifest files of all artifacts were looked at, in ticks, or 0 for never.
    texts_checked INTEGER NOT NULL DEFAULT 0,
    sum INTEGER NOT NULL
) STRICT;

-- The artifacts as manifest and lock file describe them. Times are in ticks, in UTC.
CREATE TABLE artifact(
    id INTEGER PRIMARY KEY,
    collection_id INTEGER NOT NULL REFERENCES collection(id) ON DELETE CASCADE,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    title TEXT,
    description TEXT,
    author TEXT,
    license TEXT,
    version TEXT,
    upstream TEXT,
    ref TEXT,
    resolved_sha TEXT,
    resolved_version TEXT,
    content_hash TEXT,
    -- One line for each tag.
    tags TEXT NOT NULL,
    origin TEXT NOT NULL,
    added INTEGER,
    updated INTEGER,
    -- The file that describes the artifact, relative to the collection, and its stamp when it was read.
    text_file TEXT,
    text_stamp BLOB,
    sum INTEGER NOT NULL,
    UNIQUE(collection_id, type, name)
) STRICT;

CREATE INDEX artifact_by_name ON artifact(name);
