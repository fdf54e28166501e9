namespace SkillMeat.Storage;

/// <summary>A change that a transaction was asked for, before anything touches the disk.</summary>
/// <param name="Kind">What shall happen.</param>
/// <param name="Path">The path as the caller named it, made full.</param>
/// <param name="Content">The new bytes; empty for a deletion.</param>
/// <param name="Expected">What the caller believes is there.</param>
internal sealed record StagedChange(JournalEntryKind Kind, string Path, ReadOnlyMemory<byte> Content, FileExpectation Expected)
{
    /// <summary>Writing goes through links; deleting removes the link itself, as people expect of both.</summary>
    public string Target => Kind == JournalEntryKind.Write ? LinkTarget.Resolve(Path) : Path;
}
