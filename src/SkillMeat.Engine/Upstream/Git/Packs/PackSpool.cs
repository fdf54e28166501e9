using System.Buffers.Binary;
using System.Security.Cryptography;
using SkillMeat.Errors;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Git.Packs;

/// <summary>Receives a pack from the network, in memory while it is small and then in a temporary file. Verifies the SHA-1 at its end.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class PackSpool : IDisposable
{
    /// <summary>The maximum size of a pack in memory, in bytes.</summary>
    public const int MaxInMemory = 8 * 1024 * 1024;

    private const int HeaderLength = 12;
    private const int FirstLength = 64 * 1024;

    private readonly Func<Stream> _createTemporaryFile;
    private readonly UpstreamLimits _limits;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);

    // The last 20 bytes so far. They may be the trailer, so they are not hashed yet.
    private readonly byte[] _tail = new byte[GitOid.Size];
    private readonly byte[] _header = new byte[HeaderLength];
    private byte[] _memory = new byte[FirstLength];
    private Stream? _file;
    private long _length;

    public PackSpool(Func<Stream> createTemporaryFile, UpstreamLimits limits)
    {
        _createTemporaryFile = createTemporaryFile;
        _limits = limits;
    }

    /// <exception cref="GitProtocolException">The pack is longer than the limit.</exception>
    /// <exception cref="StorageException">The temporary file cannot be written.</exception>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (_length + bytes.Length > (long)_limits.PackMebibytes << 20) throw GitProtocolException.TooLarge(FormattableString.Invariant($"a pack of {_limits.PackMebibytes} MiB"), "pack-mebibytes");
        if (_length < HeaderLength) CheckHeader(bytes.Span);
        if (_file is null && _length + bytes.Length <= MaxInMemory) Keep(bytes.Span);
        else await WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        Hash(bytes.Span);
        _length += bytes.Length;
    }

    /// <summary>Verifies the checksum and returns the pack for reading.</summary>
    /// <exception cref="GitProtocolException">The pack is incomplete or damaged.</exception>
    public async ValueTask<PackData> CompleteAsync(CancellationToken cancellationToken)
    {
        if (_length < GitOid.Size) throw GitProtocolException.Truncated();
        if (!_hash.GetHashAndReset().AsSpan().SequenceEqual(_tail)) throw GitProtocolException.Corrupt("the checksum of the pack is wrong");
        if (_file is not { } file) return new PackData(_memory, (int)_length - GitOid.Size);
        await OnFileAsync(() => file.FlushAsync(cancellationToken)).ConfigureAwait(false);
        _file = null;
        return new PackData(file, _length - GitOid.Size);
    }

    public void Dispose()
    {
        _file?.Dispose();
        _hash.Dispose();
    }

    // A server that announces four billion objects is refused before it sends them.
    private void CheckHeader(ReadOnlySpan<byte> bytes)
    {
        var known = (int)_length;
        bytes[..Math.Min(bytes.Length, HeaderLength - known)].CopyTo(_header.AsSpan(known));
        if (known + bytes.Length < HeaderLength) return;
        var objects = BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(HeaderLength - sizeof(uint)));
        if (objects > _limits.PackObjects) throw GitProtocolException.TooLarge(FormattableString.Invariant($"a pack of {_limits.PackObjects} objects"), "pack-objects");
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var length = (int)_length + bytes.Length;
        if (length > _memory.Length) Array.Resize(ref _memory, Math.Min(MaxInMemory, Math.Max(length, 2 * _memory.Length)));
        bytes.CopyTo(_memory.AsSpan((int)_length));
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (_file is null)
        {
            await OnFileAsync(async () =>
            {
                _file = _createTemporaryFile();
                await _file.WriteAsync(_memory.AsMemory(0, (int)_length), cancellationToken).ConfigureAwait(false);
            }).ConfigureAwait(false);
            _memory = [];
        }

        await OnFileAsync(() => _file!.WriteAsync(bytes, cancellationToken).AsTask()).ConfigureAwait(false);
    }

    private async Task OnFileAsync(Func<Task> write)
    {
        try
        {
            await write().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var path = (_file as FileStream)?.Name ?? "a temporary file";
            throw new StorageException(ErrorIds.StorageFailed, path, $"cannot write {path}: {e.Message}", e);
        }
    }

    private void Hash(ReadOnlySpan<byte> bytes)
    {
        var kept = (int)Math.Min(_length, _tail.Length);
        var settled = Math.Max(0, kept + bytes.Length - _tail.Length);
        var fromTail = Math.Min(settled, kept);
        _hash.AppendData(_tail, 0, fromTail);
        _hash.AppendData(bytes[..(settled - fromTail)]);
        _tail.AsSpan(fromTail, kept - fromTail).CopyTo(_tail);
        bytes[(settled - fromTail)..].CopyTo(_tail.AsSpan(kept - fromTail));
    }
}
