using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Scanning;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Upstream.Contents;

/// <summary>Stores the content at paths of a folder. Not thread-safe.</summary>
/// <param name="place">The folder.</param>
/// <param name="stamps">Reads the type and stamp of a path in its repository.</param>
/// <param name="writer">The writer of the store.</param>
/// <param name="cancellationToken">Cancels the reading.</param>
internal sealed class FolderReading(FolderPlace place, StampReader stamps, ObjectWriter writer, CancellationToken cancellationToken)
{
    private const int MostTries = 5;
    private const int MostWalks = 3;

    /// <summary>Reads one path. Errors that concern only the path are in the result.</summary>
    /// <exception cref="StorageException">The store could not be written, so the operation cannot continue.</exception>
    public FetchedPath Read(string path, RepositoryAddress repository)
    {
        for (var attempt = 1; ; attempt++)
        {
            var tree = new ContentTree(path);
            var walk = new FolderWalk(place, stamps, cancellationToken);
            try
            {
                walk.Run(path, (below, file, stamp) => tree.Add(below, ReadFile(file, stamp)), tree.Refuse);
            }
            catch (StorageException e) when (!writer.IsBroken)
            {
                if (e.ErrorId == ErrorIds.ConcurrentChange && attempt < MostWalks) continue;
                tree.Refuse(e.ErrorId == ErrorIds.ConcurrentChange ? e : new UpstreamException(ErrorIds.UpstreamUnavailable, $"{repository}: {e.Message}", innerException: e));
            }
            catch (SkillMeatException e) when (e.ErrorId == ErrorIds.ArtifactInvalid)
            {
                tree.Refuse(e);
            }

            return tree.Finish(writer, repository) with { Warnings = walk.Warnings };
        }
    }

    private ContentNode ReadFile(string path, FileStamp before)
    {
        var full = place.FullPath(path);
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var id = TryStore(full, before.Size);
            if (!stamps.TryRead(path, out var after) || after.Type != FileType.File) break;
            if (id is { } stored && after == before) return ContentNode.File(stored, before.Size, before.IsExecutable);
            before = after;
        }

        throw place.Changing(path);
    }

    // Null if the file or its size has changed.
    private ObjectId? TryStore(string full, long size) => StorageGuard.Run<ObjectId?>("read", full, () =>
    {
        try
        {
            using var file = RegularFile.OpenRead(full, LinkUse.Refuse);
            return file.Length == size ? writer.AddBlob(file, size, cancellationToken) : null;
        }
        catch (Exception e) when (e is EndOfStreamException or RefusedFileException)
        {
            // It was a file when it was visited.
            return null;
        }
    });
}
