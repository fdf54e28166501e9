using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Journal;

/// <summary>
/// What a caller believes that a file holds when it stages a change of it. Other programs edit the same files without a lock, so this is checked once more at the last
/// moment at which a change can be given up. The default is <see cref="Any"/>.
/// </summary>
internal readonly record struct FileExpectation
{
    private readonly Kind _kind;
    private readonly string? _sha256;

    private FileExpectation(Kind kind, string? sha256 = null)
    {
        _kind = kind;
        _sha256 = sha256;
    }

    private enum Kind
    {
        Any,
        Absent,
        Bytes,
    }

    /// <summary>Whatever is there. (A change during the commit itself is still noticed.)</summary>
    public static FileExpectation Any => default;

    /// <summary>No such file.</summary>
    public static FileExpectation Absent => new(Kind.Absent);

    /// <summary>A file with these bytes, by their SHA-256 in hex.</summary>
    public static FileExpectation Sha256(string hex) => new(Kind.Bytes, hex.ToLowerInvariant());

    /// <summary>A folder that was found in this state, or with a null in it no folder.</summary>
    public static FileExpectation Of(FolderState state) => state.Sha256 is { } sha256 ? Sha256(sha256) : Absent;

    /// <summary>A file that was found in this state, or no file.</summary>
    public static FileExpectation Of(FileState state) => state.Sha256 is { } sha256 ? Sha256(sha256) : Absent;

    /// <summary>What was read: these bytes, or with null no file.</summary>
    public static FileExpectation Of(byte[]? content) => content is null ? Absent : Sha256(FileState.Hash(content));

    public bool Fits(PathState state) => _kind switch
    {
        Kind.Any => true,
        Kind.Absent => state.Sha256 is null,
        _ => state.Sha256 == _sha256,
    };
}
