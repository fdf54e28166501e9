using System.Security.Cryptography;
using SkillMeat.Objects;

namespace SkillMeat.Upstream.Caching;

/// <summary>Writes a file of <see cref="CacheRecords"/> piece by piece. Not thread-safe.</summary>
internal sealed class CacheRecordWriter : IDisposable
{
    private const int FlushedAt = 32 * 1024;

    private readonly Stream _stream;
    private readonly ByteWriter _buffer = new(2 * FlushedAt);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Begins a file.</summary>
    /// <param name="stream">The stream to write to.</param>
    /// <param name="version">The version of the content.</param>
    public CacheRecordWriter(Stream stream, byte version)
    {
        _stream = stream;
        _buffer.Bytes(CacheRecords.HeaderOf(version));
    }

    /// <summary>Writes a record.</summary>
    public void Write(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        _buffer.Number(key.Length);
        _buffer.Bytes(key);
        _buffer.Number(value.Length);
        _buffer.Bytes(value);
        if (_buffer.Length > FlushedAt) Flush();
    }

    /// <summary>Ends the file.</summary>
    public void End()
    {
        Flush();
        _stream.Write(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private void Flush()
    {
        _hash.AppendData(_buffer.Span);
        _stream.Write(_buffer.Span);
        _buffer.Clear();
    }
}
