namespace SkillMeat.Editing;

/// <summary>An edit of one entry of a manifest's list.</summary>
/// <param name="List">The list.</param>
/// <param name="Action">The kind of the edit.</param>
/// <param name="Name">The name of the entry, ignoring case unless two entries differ in case alone. Not used for <see cref="EditAction.Order"/>.</param>
/// <remarks>Immutable.</remarks>
public sealed record ManifestEdit(ManifestList List, EditAction Action, string Name)
{
    /// <summary>The new name, or null to keep it.</summary>
    public string? NewName { get; init; }

    /// <summary>The values to write, by the manifest's keys. A null removes the key. Keys that are not named stay.</summary>
    public IReadOnlyDictionary<string, string?> Values { get; init; } = new Dictionary<string, string?>();

    /// <summary>The environment variables of an MCP server to write. A null removes the variable. Variables that are not named stay.</summary>
    public IReadOnlyDictionary<string, string?> EnvVars { get; init; } = new Dictionary<string, string?>();

    /// <summary>The members to add, remove or set, as names or <c>type:name</c>; for <see cref="EditAction.Order"/>, the names of the entries.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>The position from 0, of the entry in its list or of the added members in their group; null for the end, or to keep it.</summary>
    public int? Position { get; init; }
}
