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
    // Thousands of entries are asked for it one by one.
    private IReadOnlyList<JournalEntry>? _moves;

    /// <summary>The full paths of the folders outside of the home in which it changes files. Each has a <see cref="Consent"/>.</summary>
    public IReadOnlyList<string> OutsideFolders { get; init; } = [];

    /// <summary>The hash of the whole plan, if entries were left out because their folder does not consent. Null if none was.</summary>
    public string? WholePlan { get; init; }

    /// <summary>The entries that give a folder another name, in their order.</summary>
    public IReadOnlyList<JournalEntry> Moves => _moves ??= [.. Entries.Where(entry => entry.Kind == JournalEntryKind.Move)];

    /// <summary>Returns an entry as it is once these folders have their new names: the content of a moved folder went with it.</summary>
    public static JournalEntry AfterMoves(JournalEntry entry, IReadOnlyList<JournalEntry> moves) =>
        moves.FirstOrDefault(move => PathEquality.IsIn(move.Source!, entry.Target)) is { } moved ? entry with { Target = Path.Combine(moved.Target, Path.GetRelativePath(moved.Source!, entry.Target)) } : entry;

    public bool Touches(string path) => Entries.Any(entry => PathEquality.Comparer.Equals(entry.Target, path));
}
