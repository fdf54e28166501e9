using System.Globalization;
using System.Security.Cryptography;

namespace SkillMeat.Upstream.Git;

/// <summary>Computes object ids: SHA-1 over <c>kind SP length NUL</c> and the content. An instance can be reused.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class GitHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);

    /// <summary>Begins an object of a kind and a length in bytes.</summary>
    public void Begin(GitObjectKind kind, long length)
    {
        Span<byte> header = stackalloc byte[32];
        var name = NameOf(kind);
        name.CopyTo(header);
        header[name.Length] = (byte)' ';
        length.TryFormat(header[(name.Length + 1)..], out var digits, provider: CultureInfo.InvariantCulture);
        var end = name.Length + 1 + digits;
        header[end] = 0;
        _hash.AppendData(header[..(end + 1)]);
    }

    public void Append(ReadOnlySpan<byte> content) => _hash.AppendData(content);

    /// <summary>Ends the object and resets the hash for the next one.</summary>
    public GitOid End()
    {
        Span<byte> digest = stackalloc byte[GitOid.Size];
        _hash.GetHashAndReset(digest);
        return new GitOid(digest);
    }

    public GitOid Of(GitObjectKind kind, ReadOnlySpan<byte> content)
    {
        Begin(kind, content.Length);
        Append(content);
        return End();
    }

    public void Dispose() => _hash.Dispose();

    private static ReadOnlySpan<byte> NameOf(GitObjectKind kind) => kind switch
    {
        GitObjectKind.Commit => "commit"u8,
        GitObjectKind.Tree => "tree"u8,
        GitObjectKind.Blob => "blob"u8,
        GitObjectKind.Tag => "tag"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of git object."),
    };
}
