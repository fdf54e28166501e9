-- What tells a process from a later one with the same number: the start of the machine, with the numbers' space, and the start of the process. Null where the system does not say it.
ALTER TABLE refresh_lease ADD COLUMN boot TEXT;
ALTER TABLE refresh_lease ADD COLUMN process_started INTEGER;

-- At most one row: a walk through the words that removes those that no artifact has any more.
CREATE TABLE word_walk(
    id INTEGER PRIMARY KEY CHECK(id = 1),
    -- The last word that was looked at, and the number of words that remain at most.
    done INTEGER NOT NULL,
    remaining INTEGER NOT NULL
) STRICT;

-- Words that were left behind by earlier versions.
INSERT INTO word_walk(id, done, remaining) SELECT 1, 0, id FROM word ORDER BY id DESC LIMIT 1;

CREATE TRIGGER word_loses_parts AFTER DELETE ON word BEGIN
    INSERT INTO word_part(word_part, rowid, text) VALUES('delete', old.id, old.text);
END;
