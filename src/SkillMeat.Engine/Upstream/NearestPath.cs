using SkillMeat.Collections;

namespace SkillMeat.Upstream;

/// <summary>Finds the path that the user probably meant.</summary>
internal static class NearestPath
{
    // A repository can have very many paths, and comparing each with a long one takes time.
    private const int LongestTypo = 8;

    /// <summary>Finds a path in a repository: an artifact of the same name elsewhere, else a folder or single file whose path or name is nearly the same.</summary>
    /// <param name="typed">The path that does not exist.</param>
    /// <param name="items">The files and folders of the repository.</param>
    /// <returns>The path, or null.</returns>
    public static string? Find(string typed, IReadOnlyList<TreeItem> items)
    {
        var isFile = typed.EndsWith(".md", StringComparison.OrdinalIgnoreCase);
        var paths = items.Where(item => item.IsFolder != isFile && !item.IsLink && (!isFile || item.Name.EndsWith(".md", StringComparison.OrdinalIgnoreCase))).Select(item => item.Path).ToList();
        var artifacts = isFile ? paths : items.Where(item => ArtifactType.All.Any(type => type.NeedsManifestFile && type.ManifestFiles.Contains(item.Name))).Select(item => ParentOf(item.Path)).Where(path => path.Length > 0).ToList();
        var name = NameOf(typed);
        return artifacts.Where(path => NameOf(path).Equals(name, StringComparison.OrdinalIgnoreCase)).MinBy(path => path.Length)
            ?? NearestName.Find(typed, paths.Where(path => Math.Abs(path.Length - typed.Length) <= LongestTypo && HasOneTypo(typed, path)))
            ?? (NearestName.Find(name, artifacts.Select(NameOf)) is { } near ? artifacts.First(path => NameOf(path) == near) : null);
    }

    /// <summary>Describes that a file or folder on this machine does not exist, with the name beside it that was probably meant, written as the user wrote it.</summary>
    /// <param name="shown">The path as the user wrote it.</param>
    /// <param name="path">The full path.</param>
    public static string DescribeMissing(string shown, string path)
    {
        var typed = Path.TrimEndingDirectorySeparator(shown);
        return FindBeside(path) is { } near ? $"'{shown}' does not exist. Did you mean '{typed[..^Path.GetFileName(typed).Length]}{near}'?" : $"'{shown}' does not exist.";
    }

    private static string? FindBeside(string path)
    {
        try
        {
            return Path.GetDirectoryName(path) is { } folder && Directory.Exists(folder) ? NearestName.Find(Path.GetFileName(path), Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry))) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is only a suggestion.
            return null;
        }
    }

    // Whether all names but one are the same.
    private static bool HasOneTypo(string typed, string path)
    {
        var (start, end, shorter) = (0, 0, Math.Min(typed.Length, path.Length));
        while (start < shorter && char.ToLowerInvariant(typed[start]) == char.ToLowerInvariant(path[start])) start++;
        while (end < shorter - start && char.ToLowerInvariant(typed[^(end + 1)]) == char.ToLowerInvariant(path[^(end + 1)])) end++;
        return !typed.AsSpan(start, typed.Length - start - end).Contains('/') && !path.AsSpan(start, path.Length - start - end).Contains('/');
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string ParentOf(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";
}
