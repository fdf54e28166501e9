-- Answers that are kept for a while, such as those of upstream. Times are in ticks, in UTC.
CREATE TABLE entry(
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    value BLOB NOT NULL,
    stored INTEGER NOT NULL,
    -- Null for a value that cannot become outdated, such as one with the id of a content as its key.
    expires INTEGER,
    used INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    PRIMARY KEY(kind, key)
) STRICT;

CREATE INDEX entry_by_use ON entry(used);

-- How often an answer was in the cache, by day. The day is the number of days since the first of January in year 1.
CREATE TABLE usage(
    day INTEGER PRIMARY KEY,
    hits INTEGER NOT NULL,
    misses INTEGER NOT NULL
) STRICT;
