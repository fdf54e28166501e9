using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>Reads the details of artifacts from the parts of a manifest and a lock file.</summary>
/// <remarks>Thread-safe, because the lock file is not edited.</remarks>
internal sealed class DetailsSource(byte[] manifest, string manifestPath, byte[] lockBytes, string lockPath, LockFile lockFile)
{
    private readonly TomlDocument _artifacts = TomlDocument.ForParts(manifest, manifestPath);
    private readonly TomlDocument _entries = TomlDocument.ForParts(lockBytes, lockPath);

    public ArtifactDetails Read(ArtifactId id, TextPart place)
    {
        lock (_artifacts)
        {
            _artifacts.ReadPart(place.Start, place.End);
            return ArtifactDetailsReader.Read(ManifestParts.FindArtifact(_artifacts.Root)!, FindPinned(id));
        }
    }

    private TomlTable? FindPinned(ArtifactId id)
    {
        if (lockFile.FindPlace(id) is not { } place) return null;
        _entries.ReadPart(place.Start, place.End);
        var entries = _entries.Root.Find("lock")!.AsTable().Find("entries")!.AsTable();
        return entries.ValueOf(entries.FirstEntry).AsTable();
    }
}
