using System.IO.Enumeration;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Scanning;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Upstream.Contents;

/// <summary>Stores the content at paths of a folder. Links are not followed; devices, pipes and sockets are never opened. Not thread-safe.</summary>
/// <param name="root">The folder.</param>
/// <param name="stamps">Reads the type and stamp of a path.</param>
/// <param name="writer">The writer of the store.</param>
/// <param name="cancellationToken">Cancels the reading.</param>
internal sealed class FolderWalk(string root, StampReader stamps, ObjectWriter writer, CancellationToken cancellationToken)
{
    private const int MostTries = 5;
    private const int MostWalks = 3;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Reads one path. Errors that concern only the path are in the result.</summary>
    /// <exception cref="StorageException">The store could not be written, so the operation cannot continue.</exception>
    public ContentTree Read(string path)
    {
        for (var walk = 1; ; walk++)
        {
            var tree = new ContentTree(path);
            try
            {
                if (IsReachable(path, tree)) Add(tree, path, []);
            }
            catch (StorageException e) when (!writer.IsBroken)
            {
                if (e.ErrorId == ErrorIds.ConcurrentChange && walk < MostWalks) continue;
                tree.Refuse(e.ErrorId == ErrorIds.ConcurrentChange ? e : new UpstreamException(ErrorIds.UpstreamUnavailable, $"{root}: {e.Message}", innerException: e));
            }

            return tree;
        }
    }

    // A link in the path could point outside of the folder.
    private bool IsReachable(string path, ContentTree tree)
    {
        for (var end = path.IndexOf('/', StringComparison.Ordinal); end >= 0; end = path.IndexOf('/', end + 1))
        {
            if (!stamps.TryRead(path[..end], out var stamp)) return false;
            if (stamp.Type == FileType.Link) tree.Refuse("", $"is reached through the link '{path[..end]}'; use the target of the link instead");
            if (stamp.Type != FileType.Folder) return false;
        }

        return true;
    }

    private void Add(ContentTree tree, string path, string[] below)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!TryRead(path, out var stamp))
        {
            // If a listed name cannot be found again, it contained bytes that are not valid Unicode.
            if (below.Length > 0 && path.Contains('\uFFFD', StringComparison.Ordinal)) tree.Refuse(string.Join('/', below), "has a name that is not valid Unicode");
            else if (below.Length > 0) throw Changing(path);
            return;
        }

        switch (stamp.Type)
        {
            case FileType.Folder:
                foreach (var name in Names(path).Where(name => !IgnoredNames.Contains(name))) Add(tree, path.Length == 0 ? name : $"{path}/{name}", [.. below, name]);
                // A file that was moved to where its new place had been listed would be missing in both.
                if (!TryRead(path, out var after) || after != stamp) throw Changing(path);
                break;
            case FileType.Link:
                tree.Add(below, ContentNode.Link(StorageGuard.Run("read", FullPath(path), () => new FileInfo(FullPath(path)).LinkTarget) ?? ""));
                break;
            case FileType.File:
                tree.Add(below, ReadFile(path, stamp));
                break;
            default:
                throw new StorageException(ErrorIds.StorageFailed, FullPath(path), $"cannot read {FullPath(path)}: it is a device, a pipe or a socket");
        }
    }

    private bool TryRead(string path, out FileStamp stamp)
    {
        if (!stamps.TryRead(path, out stamp)) return false;
        // The user may have made the folder itself a link on purpose.
        if (path.Length == 0) stamp = stamp with { Type = FileType.Folder };
        return true;
    }

    private List<string> Names(string path)
    {
        var full = FullPath(path);
        return StorageGuard.Run("read", full, () => new FileSystemEnumerable<string>(full, (ref FileSystemEntry entry) => entry.FileName.ToString(), Everything).ToList());
    }

    private ContentNode ReadFile(string path, FileStamp before)
    {
        var full = FullPath(path);
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var id = TryStore(full, before.Size);
            if (!stamps.TryRead(path, out var after) || after.Type != FileType.File) break;
            if (id is { } stored && after == before) return ContentNode.File(stored, before.Size, before.IsExecutable);
            before = after;
        }

        throw Changing(path);
    }

    private StorageException Changing(string path) => new(ErrorIds.ConcurrentChange, FullPath(path), $"cannot read {FullPath(path)}: another program is changing it");

    // Null if the size of the file has changed.
    private ObjectId? TryStore(string full, long size) => StorageGuard.Run<ObjectId?>("read", full, () =>
    {
        using var file = RegularFile.OpenRead(full, LinkUse.Refuse);
        try
        {
            return file.Length == size ? writer.AddBlob(file, size, cancellationToken) : null;
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    });

    private string FullPath(string path) => path.Length == 0 ? root : Path.Combine(root, path);
}
