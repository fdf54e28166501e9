-- At most one row: the process that refreshes in the background. Times are in ticks, in UTC.
CREATE TABLE refresh_lease(
    id INTEGER PRIMARY KEY CHECK(id = 1),
    -- A random number, so that two services of one process are told apart.
    holder INTEGER NOT NULL,
    process INTEGER NOT NULL,
    machine TEXT NOT NULL,
    expires INTEGER NOT NULL,
    sum INTEGER NOT NULL
) STRICT;

-- At most one row: what the process that holds or held the lease said last.
CREATE TABLE refresh_status(
    id INTEGER PRIMARY KEY CHECK(id = 1),
    state TEXT NOT NULL,
    interval INTEGER NOT NULL,
    started INTEGER NOT NULL,
    last_run INTEGER,
    last_success INTEGER,
    last_duration INTEGER,
    runs INTEGER NOT NULL,
    successes INTEGER NOT NULL,
    next_run INTEGER,
    problem TEXT,
    sum INTEGER NOT NULL
) STRICT;
