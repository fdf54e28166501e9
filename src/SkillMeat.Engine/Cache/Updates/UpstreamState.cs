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

    /// <summary>The number of columns.</summary>
    public const int Count = 17;

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
        connection.First($"SELECT {Columns} FROM upstream_state u WHERE u.collection = ?1 AND u.type = ?2 AND u.name = ?3", Reader(0), collection, id.Type.Name, id.Name);

    /// <summary>Returns a function that reads rows, and checks them. It throws a <see cref="DamagedRowException"/> for a damaged one.</summary>
    /// <param name="first">The index of the first of the columns.</param>
    public static Func<SqliteDataReader, UpstreamState> Reader(int first)
    {
        var values = new CheckedRow(Count);
        UpstreamState? last = null;
        return row =>
        {
            values.Read(row, first);
            return last = Of(values, last);
        };
    }

    private static UpstreamState Of(CheckedRow row, UpstreamState? last)
    {
        string? Text(int index) => row.Text(index);
        if (!ArtifactType.TryParse(row.Text(1, last?.Artifact.Type.Name), out var type) || !Enum.TryParse<ChangeType>(Text(7), out var change)) throw new DamagedRowException();
        return new UpstreamState
        {
            Collection = row.Text(0, last?.Collection)!,
            Artifact = new ArtifactId(type, Text(2)!),
            Upstream = row.Text(3, last?.Upstream),
            Ref = row.Text(4, last?.Ref),
            ResolvedSha = row.Text(5, last?.ResolvedSha),
            ContentHash = Text(6),
            Change = change,
            IsBehind = row.Number(8) != 0,
            CollectionVersion = row.Text(9, last?.CollectionVersion),
            UpstreamVersion = row.Text(10, last?.UpstreamVersion),
            AreTags = row.Number(11) != 0,
            UpstreamCommit = row.Text(12, last?.UpstreamCommit),
            CommitsBehind = (int?)row.Number(13),
            Checked = row.Time(14)!.Value,
            Failed = row.Time(15),
            Problem = row.Text(16, last?.Problem),
        };
    }
}
