namespace SkillMeat.Storage.Archives;

/// <summary>A member of an archive that may be written below a folder: its path, and where it leads if it is a link, stay inside.</summary>
/// <param name="Path">The path, with <c>/</c>, without <c>.</c> and <c>..</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Size">The bytes of a file; 0 for everything else.</param>
/// <param name="IsExecutable">Whether its owner may run it.</param>
/// <param name="Target">Where a link leads, as the archive says it; null for what is no link.</param>
internal sealed record ArchiveMember(string Path, ArchiveMemberKind Kind, long Size, bool IsExecutable, string? Target)
{
    /// <summary>The Unix permissions, nine bits.</summary>
    public int Mode { get; init; }

    /// <summary>Why it must not be written, in words that fit behind its name; null when it may be. Told only where <see cref="UnsafeMembers.Tell"/> was asked for.</summary>
    public string? Problem { get; init; }
}
