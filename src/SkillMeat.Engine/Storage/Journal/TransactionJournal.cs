using SkillMeat.Storage.Files;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Storage.Journal;

/// <summary>What a transaction is about to do: enough for any later process to finish it or take it back.</summary>
/// <param name="Id">Unique; part of all its temporary names.</param>
/// <param name="Locks">The locks under which it runs; while one of them is held by another process it is not ours to touch.</param>
/// <param name="Folders">The folders that it creates, parents first, full paths.</param>
/// <param name="Entries">The files that it changes.</param>
internal sealed record TransactionJournal(string Id, IReadOnlyList<LockName> Locks, IReadOnlyList<string> Folders, IReadOnlyList<JournalEntry> Entries)
{
    public bool Touches(string path) => Entries.Any(entry => PathEquality.Comparer.Equals(entry.Target, path));
}
