namespace SkillMeat.Storage.Archives;

/// <summary>A member of an archive that is safe to write below a folder: neither its path nor its link target leads outside.</summary>
/// <param name="Path">The path, with <c>/</c>, without <c>.</c> and <c>..</c>.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Size">The size of a file in bytes; 0 for other members.</param>
/// <param name="IsExecutable">Whether the owner may execute it.</param>
/// <param name="Target">The target of a link as in the archive, or null for other members.</param>
internal sealed record ArchiveMember(string Path, ArchiveMemberKind Kind, long Size, bool IsExecutable, string? Target)
{
    /// <summary>The Unix permissions, nine bits.</summary>
    public int Mode { get; init; }

    /// <summary>The reason why it must not be written, as a predicate, or null. Only set with <see cref="UnsafeMembers.Report"/>.</summary>
    public string? Problem { get; init; }
}
