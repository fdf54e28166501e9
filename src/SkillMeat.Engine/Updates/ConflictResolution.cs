namespace SkillMeat.Updates;

/// <summary>What to take where both sides changed a file.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ConflictResolution
{
    private ConflictResolution(bool takesLocal, string? folder)
    {
        TakesLocal = takesLocal;
        Folder = folder;
    }

    /// <summary>Upstream's lines where lines are in conflict, upstream's version of any other file in conflict.</summary>
    public static ConflictResolution Upstream { get; } = new(takesLocal: false, folder: null);

    /// <summary>The local lines where lines are in conflict, the local version of any other file in conflict. Upstream's is counted as seen.</summary>
    public static ConflictResolution Local { get; } = new(takesLocal: true, folder: null);

    internal bool TakesLocal { get; }

    /// <summary>The folder, or for an artifact of one file the file, that holds the whole artifact as it shall be; null for the others.</summary>
    public string? Folder { get; }

    /// <summary>What somebody merged by hand.</summary>
    /// <param name="path">The folder, or for an artifact of one file the file.</param>
    /// <returns>The resolution.</returns>
    public static ConflictResolution Of(string path) => new(takesLocal: false, Path.GetFullPath(path));

    /// <summary>Whether a text names a side, rather than a path.</summary>
    /// <param name="text">What a person typed.</param>
    /// <returns>True for <c>upstream</c> and <c>local</c>, in any case.</returns>
    public static bool IsSide(string text) => text.Equals("upstream", StringComparison.OrdinalIgnoreCase) || text.Equals("local", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads what a person typed: <c>upstream</c>, <c>local</c>, else a path.</summary>
    /// <param name="text">The text.</param>
    /// <param name="baseFolder">What a relative path refers to.</param>
    /// <returns>The resolution.</returns>
    public static ConflictResolution Parse(string text, string baseFolder) =>
        text.Equals("upstream", StringComparison.OrdinalIgnoreCase) ? Upstream
        : text.Equals("local", StringComparison.OrdinalIgnoreCase) ? Local
        : new ConflictResolution(takesLocal: false, Path.GetFullPath(text, baseFolder));
}
