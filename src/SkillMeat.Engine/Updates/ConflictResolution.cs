namespace SkillMeat.Updates;

/// <summary>The choice for files in conflict.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ConflictResolution
{
    private ConflictResolution(bool takesLocal, string? folder)
    {
        TakesLocal = takesLocal;
        Folder = folder;
    }

    /// <summary>Takes upstream's lines where lines are in conflict, and upstream's version of any other file in conflict.</summary>
    public static ConflictResolution Upstream { get; } = new(takesLocal: false, folder: null);

    /// <summary>Takes the local lines where lines are in conflict, and the local version of any other file in conflict. Upstream's version counts as seen.</summary>
    public static ConflictResolution Local { get; } = new(takesLocal: true, folder: null);

    internal bool TakesLocal { get; }

    /// <summary>The folder or file with the whole artifact as merged by hand; null if a side is taken.</summary>
    public string? Folder { get; }

    /// <summary>Takes an artifact that was merged by hand.</summary>
    /// <param name="path">The folder, or the file for an artifact of one file.</param>
    /// <returns>The resolution.</returns>
    public static ConflictResolution Of(string path) => new(takesLocal: false, Path.GetFullPath(path));

    /// <summary>Whether a text names a side and not a path.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True for <c>upstream</c> and <c>local</c>, in any case.</returns>
    public static bool IsSide(string text) => text.Equals("upstream", StringComparison.OrdinalIgnoreCase) || text.Equals("local", StringComparison.OrdinalIgnoreCase);

    /// <summary>Parses <c>upstream</c>, <c>local</c>, or a path.</summary>
    /// <param name="text">The text.</param>
    /// <param name="baseFolder">The folder that a relative path starts from.</param>
    /// <returns>The resolution.</returns>
    public static ConflictResolution Parse(string text, string baseFolder) =>
        text.Equals("upstream", StringComparison.OrdinalIgnoreCase) ? Upstream
        : text.Equals("local", StringComparison.OrdinalIgnoreCase) ? Local
        : new ConflictResolution(takesLocal: false, Path.GetFullPath(text, baseFolder));
}
