using Microsoft.Data.Sqlite;
using SkillMeat.Cache.Database;
using SkillMeat.Checks;
using SkillMeat.Collections;

namespace SkillMeat.Cache.Updates;

/// <summary>The state upstream that the last update check of an artifact found.</summary>
/// <remarks>Immutable.</remarks>
internal sealed record UpstreamState
{
    /// <summary>The columns, for a SELECT with the table as <c>u</c>, and the checksum.</summary>
    public const string Columns =
        """
        u.collection, u.type, u.name, u.upstream, u.ref, u.resolved_sha, u.content_hash, u.change, u.is_behind, u.collection_version, u.upstream_version, u.are_tags, u.upstream_commit, u.commits_behind, u.checked, u.failed,
            u.problem, u.sum
        """;

    private const int Count = 17;

    /// <summary>The folder name of the collection.</summary>
    public required string Collection { get; init; }

    /// <summary>The artifact.</summary>
    public required ArtifactId Artifact { get; init; }

    /// <summary>The upstream address that was checked.</summary>
    public string? Upstream { get; init; }

    /// <summary>The ref that it followed.</summary>
    public string? Ref { get; init; }

    /// <summary>The commit that it was fetched at.</summary>
    public string? ResolvedSha { get; init; }

    /// <summary>The content hash of the files that were fetched.</summary>
    public string? ContentHash { get; init; }

    /// <summary>The kind of change.</summary>
    public required ChangeType Change { get; init; }

    /// <summary>Whether the artifact is behind upstream.</summary>
    public required bool IsBehind { get; init; }

    /// <summary>The version of the artifact in the collection, or null.</summary>
    public string? CollectionVersion { get; init; }

    /// <summary>The version upstream, or null.</summary>
    public string? UpstreamVersion { get; init; }

    /// <summary>Whether the versions are tags, because the files say none.</summary>
    public bool AreTags { get; init; }

    /// <summary>The commit upstream.</summary>
    public string? UpstreamCommit { get; init; }

    /// <summary>The number of commits between them, or null.</summary>
    public int? CommitsBehind { get; init; }

    /// <summary>The time of the check.</summary>
    public required DateTimeOffset Checked { get; init; }

    /// <summary>The time of the last check since, if upstream did not answer.</summary>
    public DateTimeOffset? Failed { get; init; }

    /// <summary>The reason that it did not, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>The values of the columns.</summary>
    public object?[] Values =>
    [
        Collection, Artifact.Type.Name, Artifact.Name, Upstream, Ref, ResolvedSha, ContentHash, Change.ToString(), IsBehind ? 1L : 0L, CollectionVersion, UpstreamVersion, AreTags ? 1L : 0L, UpstreamCommit, (long?)CommitsBehind,
        Checked.UtcTicks, Failed?.UtcTicks, Problem,
    ];

    /// <summary>Finds the state of an artifact, or returns null.</summary>
    public static UpstreamState? Find(CacheConnection connection, string collection, ArtifactId id) =>
        connection.First($"SELECT {Columns} FROM upstream_state u WHERE u.collection = ?1 AND u.type = ?2 AND u.name = ?3", row => Read(row, 0), collection, id.Type.Name, id.Name);

    /// <summary>Reads a row, and checks it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="first">The index of the first of the columns.</param>
    /// <exception cref="DamagedRowException">The row is damaged.</exception>
    public static UpstreamState Read(SqliteDataReader row, int first)
    {
        var values = new object?[Count];
        for (var i = 0; i < Count; i++) values[i] = row.IsDBNull(first + i) ? null : row.GetValue(first + i);
        RowSum.Check(row.GetInt64(first + Count), values);
        string? Text(int index) => (string?)values[index];
        DateTimeOffset? Time(int index) => values[index] is long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        if (!ArtifactType.TryParse(Text(1), out var type) || !Enum.TryParse<ChangeType>(Text(7), out var change)) throw new DamagedRowException();
        return new UpstreamState
        {
            Collection = Text(0)!,
            Artifact = new ArtifactId(type, Text(2)!),
            Upstream = Text(3),
            Ref = Text(4),
            ResolvedSha = Text(5),
            ContentHash = Text(6),
            Change = change,
            IsBehind = (long)values[8]! != 0,
            CollectionVersion = Text(9),
            UpstreamVersion = Text(10),
            AreTags = (long)values[11]! != 0,
            UpstreamCommit = Text(12),
            CommitsBehind = (int?)(long?)values[13],
            Checked = Time(14)!.Value,
            Failed = Time(15),
            Problem = Text(16),
        };
    }
}
