using SkillMeat.Errors;

namespace SkillMeat.Projects.Comparing;

/// <summary>One of the two contents of a comparison.</summary>
/// <remarks>Immutable.</remarks>
public sealed record CompareSide
{
    private const string Snapshot = "snapshot:";

    private CompareSide(string name, string? snapshotId = null)
    {
        Name = name;
        SnapshotId = snapshotId;
    }

    /// <summary>The artifact in the collection.</summary>
    public static CompareSide Collection { get; } = new("collection");

    /// <summary>The copy in a project.</summary>
    public static CompareSide Project { get; } = new("project");

    /// <summary>The artifact upstream, at the ref that it follows.</summary>
    public static CompareSide Upstream { get; } = new("upstream");

    /// <summary>The base of the next merge: with a project the content as it was deployed, else the content as it was fetched from upstream.</summary>
    public static CompareSide Base { get; } = new("base");

    /// <summary>The name: <c>collection</c>, <c>project</c>, <c>upstream</c>, <c>base</c>, or <c>snapshot:</c> and an id.</summary>
    public string Name { get; }

    /// <summary>The id of the snapshot, or null.</summary>
    public string? SnapshotId { get; }

    /// <summary>Parses a name.</summary>
    /// <param name="text">The name, in any letter case.</param>
    /// <returns>The side.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: there is no such side; the message lists the valid names.</exception>
    public static CompareSide Parse(string text)
    {
        if (text.StartsWith(Snapshot, StringComparison.OrdinalIgnoreCase) && text[Snapshot.Length..].Trim() is { Length: > 0 } id) return new CompareSide(Snapshot + id, id);
        CompareSide[] all = [Collection, Project, Upstream, Base];
        return Array.Find(all, side => side.Name.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{Collections.VisibleText.Line(text)}' cannot be compared. Valid: collection, project, upstream, base, snapshot:ID.");
    }

    /// <summary>Returns the name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
