using SkillMeat.Errors;

namespace SkillMeat.Upstream.Git.Packs;

/// <summary>The bytes of a whole pack without its checksum, in memory or in a temporary file that goes away with this.</summary>
/// <remarks>Not thread safe.</remarks>
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

    /// <summary>The bytes, when they are in memory; null when they are in a file.</summary>
    public byte[]? Memory { get; }

    /// <summary>Reads from the file, as much as there is and fits.</summary>
    /// <exception cref="StorageException">The file can't be read.</exception>
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
            throw new StorageException(ErrorIds.StorageFailed, path, $"{path} can't be read: {e.Message}", e);
        }
    }

    public void Dispose() => _file?.Dispose();
}
