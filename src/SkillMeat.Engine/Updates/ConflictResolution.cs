using SkillMeat.Errors;
using SkillMeat.Merging;

namespace SkillMeat.Updates;

/// <summary>The choice for files in conflict.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ConflictResolution
{
    private ConflictResolution(bool takesLocal, string? folder, IReadOnlyDictionary<string, ResolvedFile>? files = null)
    {
        TakesLocal = takesLocal;
        Folder = folder;
        Files = files;
    }

    /// <summary>Takes upstream's lines where lines are in conflict, and upstream's version of any other file in conflict.</summary>
    public static ConflictResolution Upstream { get; } = new(takesLocal: false, folder: null);

    /// <summary>Takes the local lines where lines are in conflict, and the local version of any other file in conflict. Upstream's version counts as seen.</summary>
    public static ConflictResolution Local { get; } = new(takesLocal: true, folder: null);

    internal bool TakesLocal { get; }

    /// <summary>The files as resolved by hand, by their paths; null if a side or a folder is taken.</summary>
    internal IReadOnlyDictionary<string, ResolvedFile>? Files { get; }

    /// <summary>The folder or file with the whole artifact as merged by hand; null if a side is taken.</summary>
    public string? Folder { get; }

    /// <summary>Takes an artifact that was merged by hand.</summary>
    /// <param name="path">The folder, or the file for an artifact of one file.</param>
    /// <returns>The resolution.</returns>
    public static ConflictResolution Of(string path) => new(takesLocal: false, Path.GetFullPath(path));

    /// <summary>Takes files in conflict as a person resolved them. All other files are merged as usual.</summary>
    /// <param name="files">The files in conflict, of one artifact. If one is left out, the artifact stays as it is.</param>
    /// <returns>The resolution.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: a file is named twice, or has conflict markers.</exception>
    public static ConflictResolution Of(IReadOnlyList<ResolvedFile> files)
    {
        var byPath = new Dictionary<string, ResolvedFile>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (!byPath.TryAdd(file.Path, file)) throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{file.Path}' is resolved twice.");
            if (file.Content is { } content && ConflictMarkers.AreIn(content.Span)) throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{file.Path}' still has conflict markers. Choose what stays, and remove them.");
        }

        return new ConflictResolution(takesLocal: false, folder: null, byPath);
    }

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
