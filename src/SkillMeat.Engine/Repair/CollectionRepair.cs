using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Repair;

/// <summary>Compares the manifest, lock file and folder of a collection. Where manifest and lock file disagree, the lock file wins, because Python SkillMeat writes it last. Files are never deleted.</summary>
internal sealed class CollectionRepair(CollectionStore store, string collection)
{
    // Files behind a link are not the collection's.
    private static readonly EnumerationOptions _withoutLinks = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private readonly string _folder = store.Layout.CollectionFolder(collection);

    public void Repair(RepairRun run, HomeLock? held, CancellationToken cancellationToken)
    {
        CollectionFiles files;
        IReadOnlyList<Artifact> artifacts;
        try
        {
            files = store.ReadFiles(collection);
            artifacts = files.Manifest.ReadArtifacts(collection, files.LockFile);
        }
        catch (DataFileException e)
        {
            run.AddUnresolved("an unreadable file", e.Path, $"{e.Problem}{(e.Line > 0 ? $" (line {e.Line})" : "")}; correct it by hand, or restore a snapshot");
            return;
        }

        var mended = run.Findings.Count;
        var now = store.Time.GetUtcNow();
        foreach (var artifact in artifacts) Compare(run, artifact, files, now);
        foreach (var id in FindOrphans(files, artifacts))
        {
            run.AddRepaired($"a lock entry of {id}, which the manifest does not list", store.Layout.LockFile(collection), "removed");
            files.LockFile.Remove(id);
        }

        if (!run.IsDry && run.Findings.Skip(mended).Any(finding => !finding.IsLeft)) Write(held!, files, cancellationToken);
        FindUnlisted(run, artifacts);
        FindUnportable(run);
    }

    private void Compare(RepairRun run, Artifact artifact, CollectionFiles files, DateTimeOffset now)
    {
        var pin = files.LockFile.Find(artifact.Id);
        var listed = files.Manifest.ReadResolvedSha(artifact.Id);
        if (pin is { ResolvedSha: { } pinned } && listed != pinned)
        {
            run.AddRepaired($"{artifact.Id} has commit {Short(listed)} in the manifest and {Short(pinned)} in the lock file", store.Layout.Manifest(collection), "set to the lock file's");
            files.Manifest.Update(artifact.Id, new ArtifactVersion(Upstream: null, pinned, pin.ResolvedVersion, Ref: null), now);
        }

        var path = Path.Combine(_folder, artifact.Path);
        if (!Path.Exists(path))
        {
            run.AddUnresolved($"{artifact.Id} has no files", path, artifact.Upstream is null ? "restore it from a snapshot, or remove it" : "update it, restore it from a snapshot, or remove it");
        }
        else if (pin is null)
        {
            AddLockEntry(run, artifact, path, files, now);
        }
    }

    // The fetched state must not be guessed: local edits would count as fetched, and an update would overwrite them.
    private void AddLockEntry(RepairRun run, Artifact artifact, string path, CollectionFiles files, DateTimeOffset now)
    {
        if (artifact.Upstream is not null)
        {
            run.AddUnresolved($"{artifact.Id} has no lock entry", store.Layout.LockFile(collection), "the fetched version is unknown; an update compares every file with upstream, and lets you decide where they differ");
            return;
        }

        run.AddRepaired($"{artifact.Id} has no lock entry", store.Layout.LockFile(collection), "added for its files as they are");
        files.LockFile.Set(artifact.Id, new LockEntry(ContentHash.Of(path), Upstream: null, ResolvedSha: null, ResolvedVersion: null), now);
    }

    private static List<ArtifactId> FindOrphans(CollectionFiles files, IReadOnlyList<Artifact> artifacts)
    {
        var listed = artifacts.Select(artifact => artifact.Id.LockKey).ToHashSet(StringComparer.Ordinal);
        return [.. files.LockFile.Entries.Keys.Where(key => !listed.Contains(key)).Select(IdOf).OfType<ArtifactId>()];
    }

    // A key with an unknown type belongs to a newer program.
    private static ArtifactId? IdOf(string key)
    {
        var split = key.IndexOf("::", StringComparison.Ordinal);
        return split > 0 && ArtifactType.TryParse(key[(split + 2)..], out var type) ? new ArtifactId(type, key[..split]) : null;
    }

    private void FindUnlisted(RepairRun run, IReadOnlyList<Artifact> artifacts)
    {
        var listed = new PathIndex(artifacts.Select(artifact => new ArtifactPath(artifact.Id, artifact.Path)));
        foreach (var type in ArtifactType.All.Where(type => type.Container is not null))
        {
            var container = Path.Combine(_folder, type.Container!);
            if (!Directory.Exists(container)) continue;
            foreach (var path in StorageGuard.Run("read", container, () => Directory.EnumerateFileSystemEntries(container).Order(StringComparer.Ordinal).ToList()))
            {
                var place = $"{type.Container}/{Path.GetFileName(path)}";
                if (Path.GetFileName(path).StartsWith('.') || listed.Overlaps(place)) continue;
                run.AddUnresolved("files that the manifest does not list", path, "move them out of the collection; to keep them as an artifact, add them from there");
            }
        }
    }

    private void FindUnportable(RepairRun run)
    {
        var paths = StorageGuard.Run("read", _folder, () => Directory.EnumerateFileSystemEntries(_folder, "*", _withoutLinks)
            .Select(path => Path.GetRelativePath(_folder, path).Replace(Path.DirectorySeparatorChar, '/')).Where(path => !IsTemporary(path)).Order(StringComparer.Ordinal).ToList());
        foreach (var (path, problem) in PortableName.FindProblems(paths))
        {
            run.AddUnresolved("a name that not every system can hold", Path.Combine(_folder, path), $"it {problem}; rename it where the home is shared with such a system");
        }
    }

    // A leftover is a finding of its own.
    private static bool IsTemporary(string path) => path.Split('/').Any(part => part.StartsWith(".skm-", StringComparison.Ordinal));

    private void Write(HomeLock held, CollectionFiles files, CancellationToken cancellationToken)
    {
        var change = new CollectionChange(collection, files, files.Manifest.Ids)
        {
            Before = new SnapshotTaker(store, collection).Scan(cancellationToken),
            SnapshotKind = SnapshotKind.BeforeRepair,
            Message = "Before repair",
        };
        new CollectionChanger(store).Commit(held, [change], cancellationToken);
    }

    private static string Short(string? commit) => commit is null ? "none" : commit[..Math.Min(8, commit.Length)];
}
