using SkillMeat.Cache.Places;
using SkillMeat.Collections;
using SkillMeat.Objects.Scanning;

namespace SkillMeat.Cache.Indexing;

/// <summary>The stamps of a collection's manifest and lock file. An empty one never fits.</summary>
/// <param name="Manifest">The stamp of the manifest.</param>
/// <param name="LockFile">The stamp of the lock file.</param>
internal readonly record struct CollectionStamps(byte[] Manifest, byte[] LockFile)
{
    /// <summary>Whether every later change of the files alters the stamps.</summary>
    public bool AreSettled => Manifest.Length > 0 && LockFile.Length > 0;

    /// <summary>Reads the stamps. Costs two queries of the file system.</summary>
    /// <exception cref="Errors.StorageException">There is no such folder, or the system reported an error.</exception>
    public static CollectionStamps Read(CollectionStore store, string name)
    {
        var now = StampTime.Now(store.Time);
        var folder = store.Layout.CollectionFolder(name);
        using var stamps = new StampReader(folder);
        return new CollectionStamps(FileStamps.Read(stamps, folder, HomeLayout.ManifestName, now), FileStamps.Read(stamps, folder, HomeLayout.LockFileName, now));
    }

    /// <summary>Returns these stamps if the files still have them, after they were read, and else empty ones: what was read may be of before the change, or of after it.</summary>
    /// <exception cref="Errors.StorageException">There is no such folder, or the system reported an error.</exception>
    public CollectionStamps IfUnchanged(CollectionStore store, string name) => Read(store, name).Fit(this) ? this : new CollectionStamps([], []);

    /// <summary>Whether the files are those of other stamps.</summary>
    public bool Fit(CollectionStamps other) => AreSettled && Manifest.AsSpan().SequenceEqual(other.Manifest) && LockFile.AsSpan().SequenceEqual(other.LockFile);
}
