using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Journal;

/// <summary>An interrupted change that cannot be settled everywhere, because folders outside of the home are gone or do not consent to it.</summary>
/// <param name="JournalPath">The path of its journal.</param>
/// <param name="Whole">The journal.</param>
/// <param name="Phase">Its phase.</param>
/// <param name="Folders">These folders.</param>
internal sealed record BarredChange(string JournalPath, TransactionJournal Whole, JournalPhase Phase, IReadOnlyList<string> Folders)
{
    /// <summary>The paths in these folders that it changes.</summary>
    public IReadOnlyList<string> Paths => [.. Whole.Entries.Select(entry => entry.Target).Where(target => Folders.Any(folder => PathEquality.IsIn(folder, target)))];
}
