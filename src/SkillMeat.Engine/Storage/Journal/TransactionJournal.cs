using SkillMeat.Storage.Files;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Storage.Journal;

/// <summary>The plan of a transaction, complete enough for another process to finish it or roll it back.</summary>
/// <param name="Id">The unique id, which is part of all temporary names.</param>
/// <param name="Locks">The locks of the transaction. While another process holds one of them, it must not be touched.</param>
/// <param name="Folders">The full paths of the folders to create, parents first.</param>
/// <param name="Entries">The files and folders to change.</param>
internal sealed record TransactionJournal(string Id, IReadOnlyList<LockName> Locks, IReadOnlyList<string> Folders, IReadOnlyList<JournalEntry> Entries)
{
    /// <summary>The full paths of the folders outside of the home in which it changes files. Each has a <see cref="Consent"/>.</summary>
    public IReadOnlyList<string> OutsideFolders { get; init; } = [];

    /// <summary>The hash of the whole plan, if entries were left out because their folder does not consent. Null if none was.</summary>
    public string? WholePlan { get; init; }

    public bool Touches(string path) => Entries.Any(entry => PathEquality.Comparer.Equals(entry.Target, path));
}
