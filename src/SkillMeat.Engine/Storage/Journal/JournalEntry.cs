using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Journal;

/// <summary>A file or folder that a transaction changes.</summary>
/// <param name="Kind">The kind of change.</param>
/// <param name="Target">The full path of the file or folder. Links are resolved if their target is replaced.</param>
/// <param name="TransactionId">The id of the transaction.</param>
/// <param name="Index">The position among the entries of the transaction.</param>
/// <param name="OldSha256">The hash of the old content: of the bytes of a file, or the <see cref="FolderState"/> of a folder. Null if there was none.</param>
/// <param name="NewSha256">The hash of the new content. Null for a deletion, and for content that is still to be filled in.</param>
internal sealed record JournalEntry(JournalEntryKind Kind, string Target, string TransactionId, int Index, string? OldSha256, string? NewSha256)
{
    /// <summary>Whether a write is the snapshot of the state before the transaction. It stays if the transaction could not be rolled back at once, because an error has named it.</summary>
    public bool IsWayBack { get; init; }

    /// <summary>The full path that a move gives up, in the same folder as the target. Null for other kinds.</summary>
    public string? Source { get; init; }

    /// <summary>The path of the new content, beside the target, until it replaces the target; unused for a deletion. Not kept: thousands of paths are megabytes.</summary>
    public string Staged => Beside("new");

    /// <summary>The path of the old content, beside the target, while that may be needed.</summary>
    public string Backup => Beside("old");

    public string Folder => Path.GetDirectoryName(Target)!;

    /// <summary>The path of the old content of a folder while it is being deleted.</summary>
    public string Discarded => Beside("gone");

    public bool IsFolder => Kind is JournalEntryKind.ReplaceFolder or JournalEntryKind.DeleteFolder;

    /// <summary>Returns the current state of a path, comparable with the old and new hash. Null if nothing exists.</summary>
    public string? StateOf(string path) => Kind is JournalEntryKind.Replace or JournalEntryKind.Move ? EntryState.Read(path)
        : IsFolder ? FolderState.Read(path).Sha256
        : Kind == JournalEntryKind.Delete && LinkState.Read(path) is { } link ? link
        : FileState.Read(path).Sha256;

    private string Beside(string extension) => Path.Combine(Folder, $".skm-{TransactionId}-{Index}.{extension}");
}
