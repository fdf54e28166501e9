using SkillMeat.Errors;

namespace SkillMeat.Storage.Journal;

/// <summary>
/// A file in the journal folder: <c>stem~id.phase.json</c>, or <c>stem~id.tmp</c> while it is first written. The stem is that of the transaction's first lock,
/// so the holder of that lock knows without reading the file that it is abandoned.
/// </summary>
/// <param name="Path">The full path.</param>
/// <param name="Stem">The stem of the first lock.</param>
/// <param name="Phase">The phase of the transaction, or null for a file that was never completed.</param>
internal sealed record JournalFile(string Path, string Stem, JournalPhase? Phase)
{
    private const string TemporaryExtension = ".tmp";

    public static string NameOf(TransactionJournal journal, JournalPhase phase) => $"{journal.Locks[0].Stem}~{journal.Id}.{Text(phase)}.json";

    public static string TemporaryNameOf(TransactionJournal journal) => $"{journal.Locks[0].Stem}~{journal.Id}{TemporaryExtension}";

    /// <summary>Parses the name of a file in the journal folder, or returns null for other files.</summary>
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
