namespace SkillMeat.Collections;

/// <summary>The files of a collection as they were last read, part by part. An operation that reads them again, before and under its lock, need not parse what did not change.</summary>
/// <remarks>Immutable.</remarks>
/// <param name="Name">The folder name of the collection.</param>
/// <param name="ManifestBytes">The bytes of the manifest.</param>
/// <param name="LockBytes">The bytes of the lock file, or null if there is none.</param>
/// <param name="Manifest">The parts of the manifest.</param>
/// <param name="LockFile">The parts of the lock file, or null if it has no entry.</param>
/// <param name="Artifacts">The artifacts.</param>
internal sealed record ReadParts(string Name, byte[] ManifestBytes, byte[]? LockBytes, ManifestParts Manifest, LockParts? LockFile, ArtifactList Artifacts)
{
    /// <summary>Whether files of a collection are these, byte for byte.</summary>
    public bool Fit(string name, (byte[] Manifest, byte[]? LockFile) files) =>
        Name == name && files.Manifest.AsSpan().SequenceEqual(ManifestBytes) && (files.LockFile is null) == (LockBytes is null) && files.LockFile.AsSpan().SequenceEqual(LockBytes);
}
