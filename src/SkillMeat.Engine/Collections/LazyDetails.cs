using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>The details of an artifact, which are read when they are first wanted, so that lists of thousands of artifacts stay fast and small.</summary>
/// <remarks>Thread-safe, because the manifest and lock file that it holds until then are not edited.</remarks>
internal sealed class LazyDetails : IEquatable<LazyDetails>
{
    private readonly ArtifactId _id;
    private readonly TextPart _place;
    private ArtifactDetails? _details;
    private DetailsSource? _source;
    private TomlTable? _artifact;
    private TomlTable? _pinned;

    private LazyDetails(ArtifactId id = default, TextPart place = default)
    {
        _id = id;
        _place = place;
    }

    /// <summary>No details.</summary>
    public static LazyDetails None { get; } = new() { _details = new ArtifactDetails() };

    public ArtifactDetails Value
    {
        get
        {
            // In this order: whoever finds the tables gone finds the details.
            var (source, artifact, pinned) = (Volatile.Read(ref _source), Volatile.Read(ref _artifact), Volatile.Read(ref _pinned));
            if (Volatile.Read(ref _details) is { } known)
            {
                return known;
            }

            var read = source?.Read(_id, _place) ?? ArtifactDetailsReader.Read(artifact!, pinned);
            Volatile.Write(ref _details, read);
            // Lets go of the documents. A thread that sees this sees the details, too.
            Volatile.Write(ref _source, null);
            Volatile.Write(ref _artifact, null);
            Volatile.Write(ref _pinned, null);
            return read;
        }
    }

    /// <summary>Whether the details were read, so that nothing else is held any more.</summary>
    public bool AreRead => Volatile.Read(ref _details) is not null;

    public static LazyDetails Of(DetailsSource source, ArtifactId id, TextPart place) => new(id, place) { _source = source };

    public static LazyDetails Of(TomlTable artifact, TomlTable? pinned) => new() { _artifact = artifact, _pinned = pinned };

    public bool Equals(LazyDetails? other) => other is not null && (ReferenceEquals(this, other) || Value == other.Value);

    public override bool Equals(object? obj) => Equals(obj as LazyDetails);

    public override int GetHashCode() => 0;
}
