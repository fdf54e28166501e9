using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Folders;
using SkillMeat.Objects.Scanning;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Adoption;

/// <summary>Stores the contents of an adoption, all in one pack. Not thread-safe.</summary>
internal sealed class AdoptionContents(CollectionStore store, ObjectStore objects, CancellationToken cancellationToken)
{
    private static readonly (long, IReadOnlyDictionary<string, RememberedFolder>) _nothing = (0, new Dictionary<string, RememberedFolder>());

    private readonly DiskContent _disk = new(objects, store.Time);
    private readonly Dictionary<string, (TreeEntry? Content, SkillMeatException? Error)> _stored = new(StringComparer.Ordinal);

    /// <summary>Stores files and folders. Errors of one of them do not concern the others.</summary>
    /// <param name="paths">The full paths.</param>
    /// <exception cref="StorageException">The objects cannot be written.</exception>
    public void Store(IEnumerable<string> paths)
    {
        using var writer = objects.BeginWrite();
        foreach (var path in paths)
        {
            if (_stored.ContainsKey(path)) continue;
            try
            {
                _stored[path] = (Store(writer, path), null);
            }
            catch (SkillMeatException e) when (!writer.IsBroken && e.ErrorId != ErrorIds.ConcurrentChange)
            {
                _stored[path] = (null, e);
            }
        }

        writer.Commit();
    }

    /// <summary>Returns a stored content, or null if nothing is at its path any more.</summary>
    /// <exception cref="SkillMeatException">It could not be read, or is a link, or has something in it that cannot be stored.</exception>
    public TreeEntry? Find(string path) => _stored[path] is { Error: { } error } ? throw error : _stored[path].Content;

    /// <summary>The error of a content that could not be stored, or null.</summary>
    public SkillMeatException? ErrorOf(string path) => _stored[path].Error;

    /// <summary>Whether an error is that of a content, which concerns one artifact.</summary>
    public bool HasFailedWith(SkillMeatException error) => _stored.Values.Any(one => ReferenceEquals(one.Error, error));

    private TreeEntry? Store(ObjectWriter writer, string path)
    {
        if (!Disk.HasEntry(path)) return null;
        if (StorageGuard.Run("read", path, () => new FileInfo(path).LinkTarget) is not null) throw new SkillMeatException(ErrorIds.ArtifactInvalid, $"'{path}' is a link. Replace it with a copy to adopt it.");
        var name = Path.GetFileName(path);
        if (!Directory.Exists(path)) return StoreFile(writer, path, name);
        using var run = new ScanRun(writer, path, _nothing, store.Time, cancellationToken);
        var scan = run.Scan();
        if (scan.Warnings.Count > 0) throw new SkillMeatException(ErrorIds.ArtifactInvalid, $"'{Path.Combine(path, scan.Warnings[0].Path)}' is a device, a pipe or a socket, which a collection cannot have.");
        if (run.Seen.Values.SelectMany(folder => folder.Entries).Any(entry => entry.Name.Equals(".git", StringComparison.OrdinalIgnoreCase)))
        {
            throw new SkillMeatException(ErrorIds.ArtifactInvalid, $"'{path}' is a working tree of git. Add it from its repository instead.");
        }

        return new TreeEntry(name, TreeEntryKind.Folder, scan.Id, scan.Size) { Mode = StorageGuard.Run("read", path, () => OperatingSystem.IsWindows() ? 0 : (int)File.GetUnixFileMode(path) & TreeEntry.AllPermissions) };
    }

    private TreeEntry? StoreFile(ObjectWriter writer, string path, string name)
    {
        using var file = StorageGuard.Run("read", path, () => RegularFile.OpenRead(path, LinkUse.Refuse));
        var length = file.Length;
        try
        {
            var id = writer.AddBlob(file, length, cancellationToken);
            return _disk.Read(path, name, cancellationToken) is { } found ? found with { Id = id, Size = length } : null;
        }
        catch (EndOfStreamException e)
        {
            throw new StorageException(ErrorIds.ConcurrentChange, path, $"another program changed {path} meanwhile, so nothing was written; try again", e);
        }
    }
}
