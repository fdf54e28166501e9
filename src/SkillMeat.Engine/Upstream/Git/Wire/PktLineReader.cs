using System.Buffers;
using System.Globalization;

namespace SkillMeat.Upstream.Git.Wire;

/// <summary>Reads pkt-lines from a stream into one pooled buffer. Any <c>ERR</c> line is thrown as an exception.</summary>
/// <remarks>Not thread-safe. The stream is left open.</remarks>
internal sealed class PktLineReader : IDisposable
{
    private readonly Stream _stream;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(PktLine.MaxLength);
    private int _start;
    private int _end;

    public PktLineReader(Stream stream) => _stream = stream;

    /// <summary>Reads the next line.</summary>
    /// <exception cref="GitProtocolException">The stream ends, is not a pkt-line, or contains <c>ERR</c>.</exception>
    public async ValueTask<PktLine> ReadAsync(CancellationToken cancellationToken)
    {
        await FillAsync(PktLine.HeaderLength, cancellationToken).ConfigureAwait(false);
        var length = LengthAt(_start);
        if (length < PktLine.HeaderLength)
        {
            _start += PktLine.HeaderLength;
            return new PktLine((PktKind)(length + 1), default);
        }

        await FillAsync(length, cancellationToken).ConfigureAwait(false);
        var payload = _buffer.AsMemory(_start + PktLine.HeaderLength, length - PktLine.HeaderLength);
        _start += length;
        if (payload.Span.StartsWith("ERR "u8)) throw GitProtocolException.FromServer(payload.Span[4..]);
        return new PktLine(PktKind.Data, payload);
    }

    /// <summary>Reads raw bytes that follow the lines; empty at the end of the stream. They are valid until the next read.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadRawAsync(CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            _start = 0;
            _end = await ReadStreamAsync(_buffer, cancellationToken).ConfigureAwait(false);
        }

        var bytes = _buffer.AsMemory(_start, _end - _start);
        _start = _end;
        return bytes;
    }

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }

    private int LengthAt(int start)
    {
        var digits = _buffer.AsSpan(start, PktLine.HeaderLength);
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length))
        {
            throw GitProtocolException.Garbled($"a line begins with '{GitProtocolException.Readable(digits)}'");
        }

        if (length is 3 or > PktLine.MaxLength) throw GitProtocolException.Garbled($"a line has the invalid length {length}");
        return length;
    }

    private async ValueTask FillAsync(int count, CancellationToken cancellationToken)
    {
        if (_end - _start >= count) return;
        if (_buffer.Length - _start < count)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        while (_end - _start < count)
        {
            var read = await ReadStreamAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0) throw GitProtocolException.Truncated();
            _end += read;
        }
    }

    private async ValueTask<int> ReadStreamAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        try
        {
            return await _stream.ReadAsync(destination, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw GitProtocolException.Truncated(e);
        }
    }
}
