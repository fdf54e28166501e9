using SkillMeat.Errors;

namespace SkillMeat.Storage.Files;

/// <summary>
/// The paths in a home at which links are an error. Users keep the home, <c>collections</c>, a collection, its manifest, its lock file and <c>config.toml</c> elsewhere, so these may be links.
/// Any other link on the way to a file would lead the program out of the home.
/// </summary>
/// <remarks>Not thread-safe. Remembers the folders that it has checked, so it is for one transaction.</remarks>
internal sealed class OwnFolders(string home)
{
    public const string Collections = "collections";

    // These are never changed by a transaction.
    private static readonly string[] _untouched = [".transactions", ".set-aside", "locks", "objects", "cache"];

    private static readonly string[] _all = [.. _untouched, "activations", "baselines", "deployments", "snapshots"];

    // A transaction of thousands of files has few folders.
    private readonly HashSet<string> _checked = new(StringComparer.Ordinal);

    /// <summary>Checks the folders that only this program writes.</summary>
    /// <exception cref="StorageException">One of them is a link.</exception>
    public static void CheckAll(string home)
    {
        foreach (var name in _all) Check(Path.Combine(home, name));
    }

    /// <summary>Checks a folder or file that only this program writes. It need not exist.</summary>
    /// <exception cref="StorageException">It is a link.</exception>
    public static void Check(string path)
    {
        if (IsLink(path)) throw StorageErrors.Translate(RefusedFileException.Link(path), "use", path);
    }

    /// <summary>Describes why a transaction must not change a path, as half a sentence, or returns null.</summary>
    /// <param name="path">The full path of a file or folder. It may be a link itself.</param>
    public string? DescribeProblem(string path)
    {
        if (PartsOf(path) is not { Length: > 0 } parts) return "is not in the home";
        if (_untouched.Contains(parts[0], PathEquality.Comparer)) return $"is in '{parts[0]}', which transactions do not change";
        var current = home;
        for (var index = 0; index < parts.Length - 1; index++)
        {
            current = Path.Combine(current, parts[index]);
            if (MayBeLink(parts, index) || _checked.Contains(current)) continue;
            if (IsLink(current)) return $"is reached through the link '{current}', which may lead out of the home";
            _checked.Add(current);
        }

        return null;
    }

    // The folder of the collections, and that of one collection.
    private static bool MayBeLink(string[] parts, int index) => index < 2 && PathEquality.Comparer.Equals(parts[0], Collections);

    // Null for a path outside of the home, and for one that is not written in full.
    private string[]? PartsOf(string path)
    {
        var prefix = Path.EndsInDirectorySeparator(home) ? home : home + Path.DirectorySeparatorChar;
        if (path.Contains('\0', StringComparison.Ordinal) || path.Length <= prefix.Length || !PathEquality.Comparer.Equals(path[..prefix.Length], prefix)) return null;
        return Path.GetFullPath(path) == path ? path[prefix.Length..].Split(Path.DirectorySeparatorChar) : null;
    }

    private static bool IsLink(string path) => StorageGuard.Run("read", path, () => new FileInfo(path).LinkTarget is not null);
}
