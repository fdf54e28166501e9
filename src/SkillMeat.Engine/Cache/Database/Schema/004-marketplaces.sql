-- The registered marketplaces as they were fetched last. Times are in ticks, in UTC. The list of the registered ones itself is a file of the home.
CREATE TABLE marketplace(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    -- What the rows below were fetched from: kind, address, path and ref, one a line. Rows of another place count as missing.
    place TEXT NOT NULL,
    -- NULL for one that could never be fetched.
    fetched INTEGER,
    -- The last time that fetching failed, and the reason; NULL if it did not.
    failed INTEGER,
    problem TEXT,
    description TEXT,
    version TEXT,
    commit_sha TEXT NOT NULL,
    etag TEXT,
    plugins INTEGER NOT NULL,
    artifacts INTEGER NOT NULL,
    -- One line for each plugin that cannot be listed.
    problems TEXT NOT NULL,
    sum INTEGER NOT NULL
) STRICT;

-- The file of the marketplace, and the folded texts in which its entries are searched: one line for each, in the order of their positions.
CREATE TABLE marketplace_text(
    marketplace_id INTEGER PRIMARY KEY REFERENCES marketplace(id) ON DELETE CASCADE,
    file TEXT,
    search TEXT NOT NULL,
    sum INTEGER NOT NULL
) STRICT;

CREATE TABLE marketplace_plugin(
    marketplace_id INTEGER NOT NULL REFERENCES marketplace(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT,
    place TEXT NOT NULL,
    commit_sha TEXT NOT NULL,
    problem TEXT,
    -- The number of its entries.
    entries INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    PRIMARY KEY(marketplace_id, position)
) STRICT, WITHOUT ROWID;

-- The artifacts, and the plugins without artifacts (with no type), of all plugins in order.
CREATE TABLE marketplace_entry(
    marketplace_id INTEGER NOT NULL REFERENCES marketplace(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT,
    plugin TEXT,
    description TEXT,
    version TEXT,
    category TEXT,
    -- One line for each tag.
    tags TEXT NOT NULL,
    repository TEXT NOT NULL,
    path TEXT NOT NULL,
    ref TEXT,
    commit_sha TEXT NOT NULL,
    object_id TEXT NOT NULL,
    problem TEXT,
    checked INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    PRIMARY KEY(marketplace_id, position)
) STRICT, WITHOUT ROWID;
