using System.Runtime.CompilerServices;

namespace SkillMeat.Upstream.Git.Packs;

/// <summary>Where inflated bytes go: into an array of the right size, or through a window of what can be repeated into a sink. Holds them to their size.</summary>
/// <remarks>Not thread safe.</remarks>
internal sealed class InflateOutput(CancellationToken cancellationToken)
{
    // How far back DEFLATE can reach.
    private const int WindowLength = 32 * 1024;
    private const int BufferLength = 2 * WindowLength;

    // Made when it is needed first: small objects are inflated to where they belong.
    private byte[]? _buffer;
    private byte[] _bytes = [];
    private int _limit;
    private int _position;

    // What is before this has been summed and handed on.
    private int _settled;
    private long _before;
    private long _size;
    private IInflateSink? _sink;
    private Adler32 _sum;

    public void Begin(byte[] destination, int size) => Begin(destination, size, null, size);

    public void Begin(IInflateSink? sink, long size)
    {
        _buffer ??= new byte[BufferLength];
        Begin(_buffer, _buffer.Length, sink, size);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(byte value)
    {
        if (_position == _limit) MakeRoom();
        _bytes[_position++] = value;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_position == _limit) MakeRoom();
            var piece = bytes[..Math.Min(bytes.Length, _limit - _position)];
            piece.CopyTo(_bytes.AsSpan(_position));
            _position += piece.Length;
            bytes = bytes[piece.Length..];
        }
    }

    public void Repeat(int distance, int length)
    {
        if (length > _limit - _position) MakeRoom(length);
        if (distance > _position) throw GitProtocolException.Corrupt("compressed data that repeats what is not there");
        var from = _position - distance;
        if (distance >= length)
        {
            _bytes.AsSpan(from, length).CopyTo(_bytes.AsSpan(_position));
        }
        else
        {
            // The repeated bytes overlap those they make.
            for (var i = 0; i < length; i++) _bytes[_position + i] = _bytes[from + i];
        }

        _position += length;
    }

    /// <summary>Hands on the rest, and returns the checksum of all.</summary>
    public uint End()
    {
        Settle();
        return _before + _position == _size ? _sum.Value : throw GitProtocolException.Corrupt("an object is shorter than it says");
    }

    private void Begin(byte[] bytes, int limit, IInflateSink? sink, long size)
    {
        (_bytes, _limit, _sink, _size) = (bytes, limit, sink, size);
        (_position, _settled, _before, _sum) = (0, 0, 0, new Adler32());
    }

    private void MakeRoom(int length = 1)
    {
        if (_bytes == _buffer)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Settle();
            var kept = Math.Min(_position, WindowLength);
            _bytes.AsSpan(_position - kept, kept).CopyTo(_bytes);
            _before += _position - kept;
            _position = _settled = kept;
        }

        if (_limit - _position < length) throw Longer();
    }

    private void Settle()
    {
        if (_before + _position > _size) throw Longer();
        var fresh = _bytes.AsSpan(_settled, _position - _settled);
        _sum.Append(fresh);
        _sink?.Take(fresh);
        _settled = _position;
    }

    private static GitProtocolException Longer() => GitProtocolException.Corrupt("an object is longer than it says");
}
