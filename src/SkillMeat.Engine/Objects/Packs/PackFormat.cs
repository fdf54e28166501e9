namespace SkillMeat.Objects.Packs;

/// <summary>
/// The file of a pack, version 1. Numbers without a width are in groups of seven bits, lowest first; the others are little endian.
/// <code>
/// 8 bytes    "SKMPACK" and the version
/// blocks     the bytes of objects, one behind the other, compressed together with Brotli or left as they are
/// index      how many blocks there are;
///            for each: its length in the file, its length when decompressed, times 2, plus 1 if it is compressed, how many objects it has;
///            for each object, block by block: its length times 8 plus its kind;
///            for each object, in the same order: its id, 32 bytes
/// 8 bytes    the length of the index
/// 32 bytes   SHA-256 of the first 8 bytes of the file, the index, its length and the last 8 bytes
/// 8 bytes    "SKMPEND" and the version
/// </code>
/// The file is called by the SHA-256 of all its bytes and never changes. A reader needs its end only. Objects are checked by their ids, so blocks carry no checksum.
/// </summary>
internal static class PackFormat
{
    public const string Extension = ".pack";

    /// <summary>The lengths of the mark at the beginning and of what follows the index.</summary>
    public const int HeaderLength = 8;
    public const int ChecksumLength = 32;
    public const int TrailerLength = 8 + ChecksumLength + 8;

    /// <summary>Objects are collected up to this length and compressed together.</summary>
    public const int BlockLength = 64 * 1024;

    /// <summary>An object of at least this length has a block of its own.</summary>
    public const int OwnBlockLength = BlockLength / 2;

    /// <summary>No block is longer; a pack that says otherwise is damaged.</summary>
    public const int MostBlockLength = 1 << 28;

    /// <summary>A pack that is longer is ended, and another one begun.</summary>
    public const long PackLength = 64L << 20;

    public static ReadOnlySpan<byte> Header => "SKMPACK\u0001"u8;

    public static ReadOnlySpan<byte> End => "SKMPEND\u0001"u8;
}
