using SkillMeat.Updates;

namespace SkillMeat.Projects.Syncing;

/// <summary>The choice for files in conflict.</summary>
/// <remarks>Immutable.</remarks>
public sealed record SyncResolution
{
    private SyncResolution(ConflictResolution? side, string? folder)
    {
        Side = side;
        Folder = folder;
    }

    /// <summary>Takes the project's lines where lines are in conflict, and the project's version of any other file in conflict.</summary>
    public static SyncResolution Project { get; } = new(ConflictResolution.Local, folder: null);

    /// <summary>Takes the collection's lines where lines are in conflict, and the collection's version of any other file in conflict.</summary>
    public static SyncResolution Collection { get; } = new(ConflictResolution.Upstream, folder: null);

    /// <summary>The folder or file with the whole artifact as merged by hand; null if a side is taken.</summary>
    public string? Folder { get; }

    // In the merge, the project is the local side.
    internal ConflictResolution? Side { get; }

    /// <summary>Whether a text names a side and not a path.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True for <c>project</c> and <c>collection</c>, in any letter case.</returns>
    public static bool IsSide(string text) => text.Equals("project", StringComparison.OrdinalIgnoreCase) || text.Equals("collection", StringComparison.OrdinalIgnoreCase);

    /// <summary>Parses <c>project</c>, <c>collection</c>, or a path.</summary>
    /// <param name="text">The text.</param>
    /// <param name="baseFolder">The folder that a relative path starts from.</param>
    /// <returns>The resolution.</returns>
    public static SyncResolution Parse(string text, string baseFolder) =>
        text.Equals("project", StringComparison.OrdinalIgnoreCase) ? Project
        : text.Equals("collection", StringComparison.OrdinalIgnoreCase) ? Collection
        : new SyncResolution(side: null, Path.GetFullPath(text, baseFolder));
}
