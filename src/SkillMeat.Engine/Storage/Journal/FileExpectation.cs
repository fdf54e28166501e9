using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Journal;

/// <summary>
/// The content that a caller expects in a file that it changes. Other programs edit the same files without a lock, so this is checked again at the last
/// moment at which the change can be abandoned. The default is <see cref="Any"/>.
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

    /// <summary>Expects nothing in particular. A change during the commit is still detected.</summary>
    public static FileExpectation Any => default;

    /// <summary>Expects that the file does not exist.</summary>
    public static FileExpectation Absent => new(Kind.Absent);

    /// <summary>Expects a file with this SHA-256, in hex.</summary>
    public static FileExpectation Sha256(string hex) => new(Kind.Bytes, hex.ToLowerInvariant());

    /// <summary>Expects a folder in this state, which may be absent.</summary>
    public static FileExpectation Of(FolderState state) => state.Sha256 is { } sha256 ? Sha256(sha256) : Absent;

    /// <summary>Expects a file in this state, which may be absent.</summary>
    public static FileExpectation Of(FileState state) => state.Sha256 is { } sha256 ? Sha256(sha256) : Absent;

    /// <summary>Expects these bytes, or no file if null.</summary>
    public static FileExpectation Of(byte[]? content) => content is null ? Absent : Sha256(FileState.Hash(content));

    /// <summary>Whether one state is expected, which may be that nothing exists.</summary>
    public bool IsExact => _kind != Kind.Any;

    /// <summary>The hash of the expected content, or null if nothing in particular, or nothing at all, is expected.</summary>
    public string? Sha256OrNull => _sha256;

    public bool Fits(PathState state) => _kind switch
    {
        Kind.Any => true,
        Kind.Absent => state.Sha256 is null,
        _ => state.Sha256 == _sha256,
    };
}
