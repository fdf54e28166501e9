using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Journal;

/// <summary>A change that a transaction was asked for, before anything touches the disk.</summary>
/// <param name="Kind">What shall happen.</param>
/// <param name="Path">The path as the caller named it, made full.</param>
/// <param name="Content">The new bytes of a file; empty where it is filled, and for everything else.</param>
/// <param name="Expected">What the caller believes is there.</param>
internal sealed record StagedChange(JournalEntryKind Kind, string Path, ReadOnlyMemory<byte> Content, FileExpectation Expected)
{
    /// <summary>Makes and fills a new folder or file at the path that it is told; null for a file whose bytes are known, and for deletions.</summary>
    public Action<string, CancellationToken>? Fill { get; init; }

    public bool IsFolder => Kind is JournalEntryKind.ReplaceFolder or JournalEntryKind.DeleteFolder;

    /// <summary>Writing goes through links; deleting removes the link itself, as people expect of both. A folder that is a link is replaced where it points.</summary>
    public string Target => Kind is JournalEntryKind.Write or JournalEntryKind.ReplaceFolder ? LinkTarget.Resolve(Path) : Path;
}
