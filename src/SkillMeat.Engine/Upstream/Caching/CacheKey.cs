using System.Text;

namespace SkillMeat.Upstream.Caching;

/// <summary>The key of a path of a repository in a cache: the address of the repository, <c>#</c> and the path.</summary>
internal static class CacheKey
{
    /// <summary>The size of a buffer that suffices for nearly all keys.</summary>
    public const int UsualSize = 512;

    /// <summary>Returns the key as a text.</summary>
    public static string Of(RepositoryAddress repository, string path) => $"{AddressOf(repository)}#{path}";

    /// <summary>Returns the UTF-8 of the key without allocating, if it fits into the buffer.</summary>
    public static ReadOnlySpan<byte> Of(RepositoryAddress repository, string path, Span<byte> buffer)
    {
        var address = AddressOf(repository);
        var most = Encoding.UTF8.GetMaxByteCount(address.Length + 1 + path.Length);
        var target = most <= buffer.Length ? buffer : new byte[most];
        var length = Encoding.UTF8.GetBytes(address, target);
        target[length++] = (byte)'#';
        return target[..(length + Encoding.UTF8.GetBytes(path, target[length..]))];
    }

    private static string AddressOf(RepositoryAddress repository) => repository.Url?.AbsoluteUri ?? repository.Folder!;
}
