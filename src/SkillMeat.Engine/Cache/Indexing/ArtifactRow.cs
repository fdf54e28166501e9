using Microsoft.Data.Sqlite;
using SkillMeat.Cache.Database;
using SkillMeat.Collections;

namespace SkillMeat.Cache.Indexing;

/// <summary>The row of an artifact. The columns stand here, in the order of all statements.</summary>
internal static class ArtifactRow
{
    /// <summary>The columns that come from manifest and lock file, for a SELECT with the table as <c>a</c>. <c>a.sum</c> follows.</summary>
    public const string Columns =
        "a.type, a.name, a.path, a.title, a.description, a.author, a.license, a.version, a.upstream, a.ref, a.resolved_sha, a.resolved_version, a.content_hash, a.tags, a.origin, a.added, a.updated";

    /// <summary>Inserts a row, or replaces its values. The parameters are the id of the collection, the columns and the checksum.</summary>
    public const string Upsert =
        """
        INSERT INTO artifact(collection_id, type, name, path, title, description, author, license, version, upstream, ref, resolved_sha, resolved_version, content_hash, tags, origin, added, updated, sum)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
        ON CONFLICT(collection_id, type, name) DO UPDATE SET path = excluded.path, title = excluded.title, description = excluded.description, author = excluded.author, license = excluded.license,
            version = excluded.version, upstream = excluded.upstream, ref = excluded.ref, resolved_sha = excluded.resolved_sha, resolved_version = excluded.resolved_version,
            content_hash = excluded.content_hash, tags = excluded.tags, origin = excluded.origin, added = excluded.added, updated = excluded.updated, sum = excluded.sum, text_stamp = NULL
        """;

    private const char TagSeparator = '\n';

    /// <summary>The number of columns.</summary>
    public const int Count = 17;

    /// <summary>Returns the values of the columns.</summary>
    public static object?[] ValuesOf(Artifact artifact) =>
    [
        artifact.Type, artifact.Name, artifact.Path, artifact.Title, artifact.Description, artifact.Author, artifact.License, artifact.Version, artifact.Upstream, artifact.Ref, artifact.ResolvedSha,
        artifact.ResolvedVersion, artifact.ContentHash, string.Join(TagSeparator, artifact.Tags), artifact.Origin, artifact.Added?.UtcTicks, artifact.LastUpdated?.UtcTicks,
    ];

    /// <summary>Reads an artifact, and checks its row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">The index of the first of the columns, which are followed by the checksum.</param>
    /// <param name="collection">The name of the collection.</param>
    /// <exception cref="DamagedRowException">The row is damaged.</exception>
    public static Artifact Read(SqliteDataReader row, int first, string collection)
    {
        var values = new object?[Count];
        for (var i = 0; i < Count; i++) values[i] = row.IsDBNull(first + i) ? null : row.GetValue(first + i);
        RowSum.Check(row.GetInt64(first + Count), values);
        string? Text(int index) => (string?)values[index];
        DateTimeOffset? Time(int index) => values[index] is long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        if (!ArtifactType.TryParse(Text(0)!, out var type)) throw new DamagedRowException();
        return new Artifact(new ArtifactId(type, Text(1)!))
        {
            Collection = collection,
            Path = Text(2)!,
            Title = Text(3),
            Description = Text(4),
            Author = Text(5),
            License = Text(6),
            Version = Text(7),
            Upstream = Text(8),
            Ref = Text(9),
            ResolvedSha = Text(10),
            ResolvedVersion = Text(11),
            ContentHash = Text(12),
            Tags = Text(13)!.Length == 0 ? [] : TextValues.Of(Text(13)!.Split(TagSeparator)),
            Origin = Text(14)!,
            Added = Time(15),
            LastUpdated = Time(16),
        };
    }
}
