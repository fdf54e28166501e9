using SkillMeat.Errors;

namespace SkillMeat.Storage.Journal;

/// <summary>
/// A file in the journal folder: <c>stem~id.phase.json</c>, or <c>stem~id.tmp</c> while it is first written. The stem is that of the transaction's first lock:
/// who holds that lock knows that what it finds is abandoned, without reading it.
/// </summary>
/// <param name="Path">Its full path.</param>
/// <param name="Stem">The stem of the first lock.</param>
/// <param name="Phase">How far the transaction got; null for a file that was never completed.</param>
internal sealed record JournalFile(string Path, string Stem, JournalPhase? Phase)
{
    private const string TemporaryExtension = ".tmp";

    public static string NameOf(TransactionJournal journal, JournalPhase phase) => $"{journal.Locks[0].Stem}~{journal.Id}.{Text(phase)}.json";

    public static string TemporaryNameOf(TransactionJournal journal) => $"{journal.Locks[0].Stem}~{journal.Id}{TemporaryExtension}";

    /// <summary>What a file in the journal folder is; null when it is none of ours.</summary>
    public static JournalFile? Parse(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        var tilde = name.IndexOf('~', StringComparison.Ordinal);
        if (tilde <= 0) return null;
        if (name.EndsWith(TemporaryExtension, StringComparison.Ordinal)) return new JournalFile(path, name[..tilde], null);
        foreach (var phase in Enum.GetValues<JournalPhase>())
        {
            if (name.EndsWith($".{Text(phase)}.json", StringComparison.Ordinal)) return new JournalFile(path, name[..tilde], phase);
        }

        return null;
    }

    private static string Text(JournalPhase phase) => phase switch
    {
        JournalPhase.Intent => "intent",
        JournalPhase.Committed => "committed",
        JournalPhase.Undo => "undo",
        JournalPhase.Done => "done",
        _ => throw new SkillMeatException(ErrorIds.InvalidArgument, $"there is no journal phase {phase}"),
    };
}
