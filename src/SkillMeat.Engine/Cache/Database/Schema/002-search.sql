-- The words of artifacts, in rows with the ids of the artifacts. The texts arrive as folded words between blanks, so the tokenizer only splits them. It takes every letter outside of ASCII as a part of a word.
CREATE VIRTUAL TABLE search USING fts5(
    name, title, tags, description, author, source, body,
    content = '', contentless_delete = 1, tokenize = 'ascii'
);

CREATE TRIGGER artifact_leaves_search AFTER DELETE ON artifact BEGIN
    DELETE FROM search WHERE rowid = old.id;
END;

-- Artifacts whose words are not there yet.
CREATE INDEX artifact_without_words ON artifact(collection_id) WHERE text_stamp IS NULL;

-- The different words, to find those that are similar to a typed one. A word can stay when no artifact has it any more.
CREATE TABLE word(
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX word_by_length ON word(length(text), text);

CREATE VIRTUAL TABLE word_part USING fts5(
    text,
    content = 'word', content_rowid = 'id', tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0
);

CREATE TRIGGER word_has_parts AFTER INSERT ON word BEGIN
    INSERT INTO word_part(rowid, text) VALUES(new.id, new.text);
END;
