using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Journal;

/// <summary>A change requested of a transaction, before anything is written.</summary>
/// <param name="Kind">The kind of change.</param>
/// <param name="Path">The full path, as the caller named it.</param>
/// <param name="Content">The new bytes of a file; empty if it is filled, and for other kinds.</param>
/// <param name="Expected">The content that the caller expects.</param>
internal sealed record StagedChange(JournalEntryKind Kind, string Path, ReadOnlyMemory<byte> Content, FileExpectation Expected)
{
    /// <summary>Creates a new folder or file at the given path. Null for a file whose bytes are known, and for deletions.</summary>
    public Action<string, CancellationToken>? Fill { get; init; }

    /// <summary>Whether a write is the snapshot of the state before the transaction.</summary>
    public bool IsWayBack { get; init; }

    /// <summary>The full path that a move gives up. Null for other kinds.</summary>
    public string? Source { get; init; }

    public bool IsFolder => Kind is JournalEntryKind.ReplaceFolder or JournalEntryKind.DeleteFolder;

    /// <summary>Writing follows links; deleting removes the link itself, as users expect. A linked folder is replaced at the link's target.</summary>
    public string Target => Kind is JournalEntryKind.Write or JournalEntryKind.ReplaceFolder ? LinkTarget.Resolve(Path) : Path;
}
