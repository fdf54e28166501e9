using ICSharpCode.SharpZipLib;
using Zlib = ICSharpCode.SharpZipLib.Zip.Compression.Inflater;

namespace SkillMeat.Upstream.Git.Packs;

/// <summary>
/// Inflates the zlib streams of a pack (RFC 1950, 1951). A pack does not contain the ends of compressed objects, so the library must report how much
/// of its input it left. An instance can inflate many objects, one after another.
/// </summary>
/// <remarks>
/// Not thread safe. A damaged stream may repeat bytes of the object before it, so the same stream can have two contents: whoever relies on an id computes it of what was read.
/// </remarks>
internal sealed class Inflater(PackCursor input, CancellationToken cancellationToken)
{
    /// <summary>The maximum expansion of compressed data; a larger claimed size is false.</summary>
    public const int MostExpansion = 1032;

    private const int PieceLength = 64 * 1024;

    private readonly Zlib _zlib = new();
    private readonly byte[] _beyond = new byte[1];

    // Allocated on demand, because small objects are inflated directly into their arrays.
    private byte[]? _piece;

    /// <summary>
    /// Inflates a stream into the beginning of an array. The cursor is at the start of the stream before, and right after its end afterwards.
    /// </summary>
    /// <exception cref="GitProtocolException">The stream is damaged, or does not have exactly this size.</exception>
    public void Inflate(byte[] destination, int size)
    {
        Begin();
        for (var length = 0; length < size;) length += Fill(destination, length, Math.Min(size - length, PieceLength));
        End();
    }

    /// <summary>Inflates a stream of any size in pieces; a null sink only checks it.</summary>
    /// <inheritdoc cref="Inflate(byte[], int)"/>
    public void Inflate(IInflateSink? sink, long size)
    {
        _piece ??= new byte[PieceLength];
        Begin();
        while (size > 0)
        {
            var length = Fill(_piece, 0, (int)Math.Min(size, PieceLength));
            sink?.Take(_piece.AsSpan(0, length));
            size -= length;
        }

        End();
    }

    private void Begin()
    {
        _zlib.Reset();
        Supply();
    }

    private void End()
    {
        if (Read(_beyond, 0, 1) > 0) throw GitProtocolException.Corrupt("an object is longer than it says");
        input.Seek(input.Offset - _zlib.RemainingInput);
    }

    private int Fill(byte[] destination, int at, int length) =>
        Read(destination, at, length) is > 0 and var read ? read : throw GitProtocolException.Corrupt("an object is shorter than it says");

    /// <summary>Inflates some bytes; returns none at the end of the stream, after its checksum has been verified.</summary>
    private int Read(byte[] destination, int at, int length)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (true)
        {
            var read = Step(destination, at, length);
            if (read > 0 || _zlib.IsFinished) return read;
            if (!_zlib.IsNeedingInput || _zlib.IsNeedingDictionary) throw GitProtocolException.Corrupt("an object is not compressed as it should be");
            Supply();
        }
    }

    private int Step(byte[] destination, int at, int length)
    {
        try
        {
            return _zlib.Inflate(destination, at, length);
        }
        catch (Exception e) when (e is SharpZipBaseException or IndexOutOfRangeException or OverflowException)
        {
            // The library does not check that the codes of a block are consistent.
            throw GitProtocolException.Corrupt("compressed data is damaged");
        }
    }

    private void Supply()
    {
        if (input.Position == input.End && !input.Refill()) throw GitProtocolException.Corrupt("compressed data stops before its end");
        _zlib.SetInput(input.Buffer, input.Position, input.End - input.Position);
        input.Position = input.End;
    }
}
