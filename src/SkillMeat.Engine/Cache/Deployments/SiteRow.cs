using Microsoft.Data.Sqlite;
using SkillMeat.Errors;

namespace SkillMeat.Cache.Deployments;

/// <summary>The row of a project.</summary>
/// <param name="Folder">The full path of the project, or of the user's home folder.</param>
/// <param name="IsUser">Whether it is about the user's own folders.</param>
/// <param name="Rules">The rules by which the deployments were found.</param>
/// <param name="Places">The paths on which they depend.</param>
/// <param name="Stamps">The hash of the stamps; empty if it cannot be relied on.</param>
/// <param name="Collections">The states of the collections.</param>
/// <param name="Copies">The copies, as <see cref="SiteCopies"/> writes them.</param>
/// <param name="ErrorId">The id of the error if some or all deployments could not be read, or null.</param>
/// <param name="Problem">Its message.</param>
internal sealed record SiteRow(string Folder, bool IsUser, long Rules, byte[] Places, byte[] Stamps, byte[] Collections, byte[] Copies, string? ErrorId, string? Problem)
{
    /// <summary>All rows.</summary>
    public const string SelectAll = "SELECT folder, is_user, rules, places, stamps, collections, copies, error_id, problem, sum FROM site";

    /// <summary>Inserts a row, or replaces its values.</summary>
    public const string Upsert =
        """
        INSERT INTO site(folder, is_user, rules, places, stamps, collections, copies, error_id, problem, sum) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT(folder, is_user) DO UPDATE SET rules = excluded.rules, places = excluded.places, stamps = excluded.stamps, collections = excluded.collections, copies = excluded.copies,
            error_id = excluded.error_id, problem = excluded.problem, sum = excluded.sum
        """;

    /// <summary>Replaces the states of the collections in a row that nobody else replaced meanwhile.</summary>
    public const string UpdateCollections = "UPDATE site SET collections = ?3, sum = ?4 WHERE folder = ?1 AND is_user = ?2 AND sum = ?5";

    /// <summary>The values of the columns.</summary>
    public object?[] Values => [Folder, IsUser ? 1L : 0L, Rules, Places, Stamps, Collections, Copies, ErrorId, Problem];

    /// <summary>The error, or null.</summary>
    public SkillMeatException? Error => ErrorId is null ? null : new SkillMeatException(ErrorId, Problem ?? "");

    /// <summary>The key.</summary>
    public (string Folder, bool IsUser) Key => (Folder, IsUser);

    /// <summary>Reads a row without checking it, so that many can be checked at the same time.</summary>
    /// <returns>The row, and its checksum.</returns>
    public static (SiteRow Row, long Sum) Read(SqliteDataReader row) => (
        new SiteRow(
            row.GetString(0), row.GetInt64(1) != 0, row.GetInt64(2), row.GetFieldValue<byte[]>(3), row.GetFieldValue<byte[]>(4), row.GetFieldValue<byte[]>(5), row.GetFieldValue<byte[]>(6),
            row.IsDBNull(7) ? null : row.GetString(7), row.IsDBNull(8) ? null : row.GetString(8)),
        row.GetInt64(9));
}
