namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>A file that Git LFS keeps beside the repository.</summary>
/// <param name="Oid">The SHA-256 of its bytes, in hexadecimal.</param>
/// <param name="Size">The number of bytes.</param>
public sealed record LfsObject(string Oid, long Size)
{
    /// <summary>The text that the repository has in its place.</summary>
    public string PointerText => FormattableString.Invariant($"version https://git-lfs.github.com/spec/v1\noid sha256:{Oid}\nsize {Size}\n");
}
