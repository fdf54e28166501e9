using SkillMeat.Errors;

namespace SkillMeat.Upstream.Git.Packs;

/// <summary>The bytes of a complete pack without its checksum, in memory or in a temporary file that is deleted when this is disposed.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class PackData : IDisposable
{
    private readonly Stream? _file;

    public PackData(byte[] memory, int length)
    {
        Memory = memory;
        Length = length;
    }

    public PackData(Stream file, long length)
    {
        _file = file;
        Length = length;
    }

    public long Length { get; }

    /// <summary>The bytes, if they are in memory; null if they are in a file.</summary>
    public byte[]? Memory { get; }

    /// <summary>Reads bytes from the file, up to the length of the destination.</summary>
    /// <exception cref="StorageException">The file cannot be read.</exception>
    public int Read(long offset, Span<byte> destination)
    {
        try
        {
            _file!.Position = offset;
            return _file.ReadAtLeast(destination[..(int)Math.Min(destination.Length, Length - offset)], 1, throwOnEndOfStream: false);
        }
        catch (IOException e)
        {
            var path = (_file as FileStream)?.Name ?? "a temporary file";
            throw new StorageException(ErrorIds.StorageFailed, path, $"cannot read {path}: {e.Message}", e);
        }
    }

    public void Dispose() => _file?.Dispose();
}
