using System.Globalization;
using System.Text;

namespace SkillMeat.Upstream.Contents;

/// <summary>A Git LFS pointer: the text that Git LFS commits in place of a file (git-lfs, docs/spec.md).</summary>
/// <param name="Sha256">The SHA-256 of the file, as 64 lower-case hex digits.</param>
/// <param name="Size">The size of the file in bytes.</param>
internal sealed record LfsPointer(string Sha256, long Size)
{
    /// <summary>The size that a pointer must stay below, in bytes.</summary>
    public const int LongestPointer = 1024;

    private const string Version = "version https://git-lfs.github.com/spec/v1";
    private const string OidPrefix = "oid sha256:";
    private const string SizePrefix = "size ";

    /// <summary>Returns the pointer in the format of Git LFS.</summary>
    public byte[] ToBytes() => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Version}\n{OidPrefix}{Sha256}\n{SizePrefix}{Size}\n"));

    /// <summary>Parses a pointer; returns null for any other file.</summary>
    public static LfsPointer? Read(ReadOnlySpan<byte> content)
    {
        if (content.Length >= LongestPointer || !content.StartsWith(Encoding.ASCII.GetBytes(Version))) return null;
        var lines = Encoding.UTF8.GetString(content).Split('\n');
        var oid = Array.Find(lines, line => line.StartsWith(OidPrefix, StringComparison.Ordinal))?[OidPrefix.Length..].TrimEnd('\r').ToLowerInvariant();
        var size = Array.Find(lines, line => line.StartsWith(SizePrefix, StringComparison.Ordinal))?[SizePrefix.Length..].TrimEnd('\r');
        return oid is { Length: 64 } && oid.All(char.IsAsciiHexDigit) && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? new LfsPointer(oid, bytes)
            : null;
    }
}
