using SkillMeat.Errors;

namespace SkillMeat.Collections;

/// <summary>The two files of a collection at one moment, as bytes and parsed.</summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="manifestBytes">The bytes of <c>collection.toml</c>.</param>
/// <param name="lockBytes">The bytes of <c>collection.lock</c>, or null if there is none.</param>
/// <param name="manifest">The manifest.</param>
/// <param name="lockFile">The lock file.</param>
/// <param name="artifacts">The artifacts, or null if they have not been read.</param>
internal sealed class CollectionFiles(byte[] manifestBytes, byte[]? lockBytes, Manifest manifest, LockFile lockFile, IReadOnlyList<Artifact>? artifacts = null)
{
    private Manifest? _manifest = manifest;
    private LockFile? _lockFile = lockFile;

    /// <summary>The bytes of <c>collection.toml</c> as they were read.</summary>
    public byte[] ManifestBytes { get; } = manifestBytes;

    /// <summary>The bytes of <c>collection.lock</c> as they were read, or null if there is none.</summary>
    public byte[]? LockBytes { get; } = lockBytes;

    /// <summary>The parts of <see cref="ManifestBytes"/>, or null if they are not known.</summary>
    public ManifestParts? ManifestParts { get; private init; } = manifest.Parts;

    /// <summary>The parts of <see cref="LockBytes"/>, or null if they are not known.</summary>
    public LockParts? LockParts { get; } = lockFile.Parts;

    /// <summary>The artifacts of the files as they were read, or null if they have not been read.</summary>
    public IReadOnlyList<Artifact>? Artifacts { get; } = artifacts;

    /// <summary>The number of artifacts in <see cref="ManifestBytes"/>, whatever edits were made since.</summary>
    public int ArtifactCount { get; private init; } = manifest.Count;

    /// <exception cref="InvalidOperationException">The files have been rendered.</exception>
    public Manifest Manifest => _manifest ?? throw Rendered();

    /// <exception cref="InvalidOperationException">The files have been rendered.</exception>
    public LockFile LockFile => _lockFile ?? throw Rendered();

    /// <summary>Returns the artifacts of the files as they were read. Artifacts that are known already are not read again, because those of a large collection take megabytes.</summary>
    /// <param name="collection">The folder name of the collection.</param>
    /// <exception cref="DataFileException">An artifact cannot be read.</exception>
    public IReadOnlyList<Artifact> ReadArtifacts(string collection) => Artifacts ?? Manifest.ReadArtifacts(collection, LockFile);

    /// <summary>Returns the files with a manifest that has edits already.</summary>
    public CollectionFiles With(Manifest edited) => new(ManifestBytes, LockBytes, edited, LockFile, Artifacts) { ManifestParts = ManifestParts, ArtifactCount = ArtifactCount };

    /// <summary>Returns the bytes to write and the artifacts that were edited in the manifest, and releases the parsed files, which take several times as much memory.</summary>
    /// <exception cref="InvalidOperationException">The files have been rendered before.</exception>
    public (byte[] Manifest, byte[] LockFile, IReadOnlySet<ArtifactId> EditedIds) Render()
    {
        var rendered = (Manifest.ToBytes(), LockFile.ToBytes(), Manifest.EditedIds);
        (_manifest, _lockFile) = (null, null);
        return rendered;
    }

    private static InvalidOperationException Rendered() => new("The parsed files were released when they were rendered.");
}
