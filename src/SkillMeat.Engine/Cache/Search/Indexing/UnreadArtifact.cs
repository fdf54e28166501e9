using Microsoft.Data.Sqlite;
using SkillMeat.Collections;

namespace SkillMeat.Cache.Search.Indexing;

/// <summary>An artifact whose words must be stored anew.</summary>
internal sealed record UnreadArtifact(long Id, long Sum, ArtifactType? Type, string Name, string Path, string? Title, string? Description, string? Author, string? Upstream, IReadOnlyList<string> Tags)
{
    /// <summary>The columns, for a SELECT from <c>artifact</c>.</summary>
    public const string Columns = "id, sum, type, name, path, title, description, author, upstream, tags";

    public static UnreadArtifact Read(SqliteDataReader row)
    {
        string? Text(int index) => row.IsDBNull(index) ? null : row.GetString(index);
        var type = ArtifactType.TryParse(row.GetString(2), out var known) ? known : null;
        return new UnreadArtifact(row.GetInt64(0), row.GetInt64(1), type, row.GetString(3), row.GetString(4), Text(5), Text(6), Text(7), Text(8), row.GetString(9) is { Length: > 0 } tags ? tags.Split('\n') : []);
    }
}
