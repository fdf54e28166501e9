-- Artifacts are found by collection, type and name, for which the table has an index already.
DROP INDEX artifact_by_name;
