using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Journal;

/// <summary>
/// Checks a journal as strictly when it is read as its transaction made it: anybody who can write to a shared home can put one there, and settling it renames and deletes files.
/// </summary>
/// <remarks>For one journal, because it remembers the folders that it has checked.</remarks>
internal sealed class JournalCheck(string home)
{
    private const int IdLength = 32;
    private const int HashLength = 64;

    private readonly OwnFolders _folders = new(home);
    // A transaction of thousands of files has few folders.
    private readonly HashSet<string> _checked = new(StringComparer.Ordinal);
    private readonly Lazy<(HashSet<string> Files, HashSet<string> Collections)> _linkTargets = new(() => FindLinkTargets(home));

    /// <summary>Describes why no transaction of this home wrote the journal, as half a sentence, or returns null.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="name">The name of its file.</param>
    /// <param name="phase">The phase in the name.</param>
    public string? DescribeProblem(TransactionJournal journal, string name, JournalPhase phase)
    {
        if (!IsHex(journal.Id, IdLength)) return $"has the id '{journal.Id}', which is not {IdLength} hexadecimal digits";
        if (journal.Locks.Count == 0) return "names no lock";
        if (JournalFile.NameOf(journal, phase) != name) return "has another id or lock than its name";
        if (journal.OutsideFolders.FirstOrDefault(folder => !Path.IsPathFullyQualified(folder) || folder.Contains('\0', StringComparison.Ordinal) || Path.GetFullPath(folder) != folder || PathEquality.IsIn(home, folder)) is { } odd)
        {
            return $"names '{odd}' as a folder outside of the home";
        }

        if (FindForbidden(journal) is var (path, why)) return $"changes '{path}', which {why}";
        if ((FindTwice(journal.Folders) ?? FindTwice(journal.Entries.SelectMany(entry => entry.Source is { } source ? new[] { entry.Target, source } : [entry.Target]))) is { } twice) return $"changes '{twice}' twice";
        return journal.Entries.All(entry => IsHash(entry.OldSha256) && IsHash(entry.NewSha256)) ? null : "has a checksum that is no SHA-256";
    }

    /// <summary>Finds a folder or target that a transaction must not change, and the reason as a predicate. Null if there is none.</summary>
    public (string Path, string Problem)? FindForbidden(TransactionJournal journal)
    {
        foreach (var folder in journal.Folders)
        {
            if (_folders.DescribeProblem(folder) is { } problem && !IsOutside(folder, journal)) return (folder, problem);
        }

        foreach (var entry in journal.Entries)
        {
            if (_folders.DescribeProblem(entry.Target) is { } problem && !IsTargetOfLink(entry) && !IsOutside(entry.Target, journal)) return (entry.Target, problem);
            if (entry.Source is { } source && DescribeBadSource(source, entry) is { } bad) return (source, bad);
        }

        return null;
    }

    // A move stays in its folder, and in the home.
    private string? DescribeBadSource(string source, JournalEntry entry) =>
        _folders.DescribeProblem(source) ?? (PathEquality.Comparer.Equals(Path.GetDirectoryName(source), entry.Folder) ? null : $"is in another folder than '{entry.Target}', to which it is moved");

    private static string? FindTwice(IEnumerable<string> paths)
    {
        var seen = new HashSet<string>(PathEquality.Comparer);
        return paths.FirstOrDefault(path => !seen.Add(path));
    }

    // In a folder that the transaction locked, and reached from there without a link.
    private bool IsOutside(string path, TransactionJournal journal)
    {
        if (path.Contains('\0', StringComparison.Ordinal) || Path.GetFullPath(path) != path || PathEquality.IsIn(home, path) || PathEquality.Comparer.Equals(home, path)) return false;
        return journal.OutsideFolders.Any(folder => PathEquality.IsIn(folder, path) && !HasLinkBetween(folder, path));
    }

    private bool HasLinkBetween(string folder, string path)
    {
        for (var parent = Path.GetDirectoryName(path)!; PathEquality.IsIn(folder, parent); parent = Path.GetDirectoryName(parent)!)
        {
            if (_checked.Contains(parent)) return false;
            if (new FileInfo(parent).LinkTarget is not null) return true;
        }

        _checked.Add(Path.GetDirectoryName(path)!);
        return false;
    }

    // The files and collections that users keep elsewhere, as dotfiles. A transaction replaces them where they are.
    private bool IsTargetOfLink(JournalEntry entry) => entry.Kind switch
    {
        JournalEntryKind.Write => _linkTargets.Value.Files.Contains(entry.Target),
        JournalEntryKind.ReplaceFolder => _linkTargets.Value.Collections.Contains(entry.Target),
        _ => false,
    };

    private static (HashSet<string> Files, HashSet<string> Collections) FindLinkTargets(string home)
    {
        var collections = FindCollections(home);
        var files = collections
            .SelectMany(collection => new[] { Path.Combine(collection, "collection.toml"), Path.Combine(collection, "collection.lock") })
            .Prepend(Path.Combine(home, "config.toml"));
        return (Resolve(files), Resolve(collections));
    }

    private static HashSet<string> Resolve(IEnumerable<string> paths) =>
        paths.Where(path => new FileInfo(path).LinkTarget is not null).Select(LinkTarget.Resolve).ToHashSet(PathEquality.Comparer);

    // While the folder of a linked collection is being replaced, the link leads nowhere, and is not listed as a folder.
    private static string[] FindCollections(string home)
    {
        var collections = Path.Combine(home, OwnFolders.Collections);
        return Directory.Exists(collections) ? StorageGuard.Run("read", collections, () => Directory.GetFileSystemEntries(collections)) : [];
    }

    private static bool IsHash(string? text) => text is null || IsHex(text, HashLength);

    private static bool IsHex(string text, int length) => text.Length == length && text.All(char.IsAsciiHexDigitLower);
}
