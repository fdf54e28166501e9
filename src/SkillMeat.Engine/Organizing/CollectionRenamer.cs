using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Profiles;
using SkillMeat.Snapshots;
using SkillMeat.Snapshots.Tarballs;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Organizing;

/// <summary>Renames a collection. Its folder and that of its snapshots are renamed as a whole, so that nothing in them is read or copied.</summary>
/// <remarks>For one rename. Not thread-safe.</remarks>
internal sealed class CollectionRenamer(CollectionStore store, AgentFolders user)
{
    private readonly List<(string Folder, string Problem)> _leftOut = [];

    private HomeLayout Layout => store.Layout;

    /// <inheritdoc cref="CollectionOrganizer.RenameAsync"/>
    public async Task<RenamedCollection> RenameAsync(RenameCollectionRequest request, CancellationToken cancellationToken)
    {
        var (from, to) = (store.SpellingOf(request.Collection ?? store.ActiveCollection), request.NewName);
        // Refused before anything is locked.
        Check(from, to);
        CollectionEditor.CheckDescription(request.Description);
        var copies = FindCopies(from);
        if (request.DryRun) return Describe(from, to, copies) with { DryRun = true };
        for (var attempt = 1; attempt <= ConcurrentChanges.MaxAttempts; attempt++)
        {
            try
            {
                if (attempt > 1) copies = FindCopies(from);
                var folders = copies.FindFolders(new OutsideFolders(store.Home));
                using var held = await store.Storage.LockAsync(
                    [CollectionStore.HomeLockName, CollectionStore.LockNameOf(from), CollectionStore.LockNameOf(to), .. copies.LockNames], folders, request.LockTimeout, cancellationToken).ConfigureAwait(false);
                if (ConcurrentChanges.Retry(() => Rename(held, request, from, to, cancellationToken), cancellationToken) is { } renamed) return renamed;
            }
            catch (SkillMeatException e) when (copies.FindProjectOf(e) is { } project)
            {
                // Its records are found by the earlier name.
                _leftOut.Add((project, e.Message));
                copies = copies.Without(project, e.Message);
                attempt = 0;
            }
        }

        throw new StorageException(ErrorIds.ConcurrentChange, Layout.CollectionFolder(from), "other programs kept deploying the collection; nothing was changed, try again");
    }

    private FollowingCopies FindCopies(string name) =>
        _leftOut.Aggregate(FollowingCopies.Find(store, user, record => record.Collection == name), (copies, left) => copies.Without(left.Folder, left.Problem)).WithoutUnusable(new OutsideFolders(store.Home));

    private void Check(string from, string to)
    {
        store.CheckExists(from);
        CollectionName.CheckNew(to);
        if (from == to) throw new SkillMeatException(ErrorIds.InvalidArgument, $"The collection is named '{to}' already.");
        if (!IsSamePlace(from, to) && File.Exists(Layout.Manifest(to))) throw new SkillMeatException(ErrorIds.CollectionExists, $"The collection '{to}' already exists.");
        if (IsSamePlace(from, to)) throw new SkillMeatException(ErrorIds.InvalidArgument, $"The disk does not tell '{to}' from '{from}'. Rename the collection to another name first, and then to '{to}'.");
        if (Disk.HasEntry(Layout.CollectionFolder(to))) throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{Layout.CollectionFolder(to)}' is in the way. Move it elsewhere, or choose another name.");
        if (HasSnapshots(to))
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"The home keeps snapshots of an earlier collection '{to}', with which those of '{from}' would be mixed. Remove them, or choose another name.");
        }
    }

    // A disk that ignores case has the folder under both names, and lists it by one.
    private bool IsSamePlace(string from, string to)
    {
        if (!from.Equals(to, StringComparison.OrdinalIgnoreCase)) return false;
        if (PathEquality.Comparer.Equals(from, to)) return true;
        return Disk.HasEntry(Layout.CollectionFolder(to))
            && !StorageGuard.Run("read", Layout.CollectionsFolder, () => Directory.EnumerateFileSystemEntries(Layout.CollectionsFolder).Any(path => Path.GetFileName(path) == to));
    }

    private bool HasSnapshots(string name) => Disk.HasEntry(Layout.SnapshotsFolder(name)) && !IsEmptyFolder(Layout.SnapshotsFolder(name));

    private static bool IsEmptyFolder(string path) => StorageGuard.Run("read", path, () => Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null && !Directory.EnumerateFileSystemEntries(path).Any());

    // Null if another program deployed the collection elsewhere meanwhile, where nothing is locked.
    private RenamedCollection? Rename(HomeLock held, RenameCollectionRequest request, string from, string to, CancellationToken cancellationToken)
    {
        Check(from, to);
        var files = store.ReadFiles(from);
        CollectionExpectation.Check(store, from, files, request.Expects);
        var copies = FindCopies(from);
        var outside = new OutsideFolders(store.Home);
        if (!copies.AreLocked(held, outside)) return null;
        var described = Describe(from, to, copies);
        var now = store.Time.GetUtcNow();
        var transaction = store.Storage.Begin(held);
        WriteManifest(transaction, files, request, from, to, now);
        WriteConfig(transaction, from, to, request.Activates, cancellationToken);
        Write(transaction, Layout.RenamesFile, bytes =>
        {
            var renames = RenamedCollections.Parse(bytes, Layout.RenamesFile);
            renames.Add(from, to, now, copies.PresentProjects);
            return renames.ToBytes();
        });
        MoveBases(transaction, from, to);
        var changes = new ProjectChanges(store, store.Objects, outside, cancellationToken);
        var links = copies.AddTo(changes, outside, to, _ => (Layout.CollectionFolder(from), Layout.CollectionFolder(to)), cancellationToken);
        changes.AddTo(transaction);
        MoveSnapshots(transaction, from, to);
        transaction.Move(Layout.CollectionFolder(from), Layout.CollectionFolder(to));
        transaction.Commit(cancellationToken);
        return described with { Warnings = TextValues.Of([.. described.Warnings, .. links, .. transaction.Warnings]) };
    }

    private void WriteManifest(Transaction transaction, CollectionFiles files, RenameCollectionRequest request, string from, string to, DateTimeOffset now)
    {
        var (ids, count) = (files.Manifest.Ids, files.ArtifactCount);
        var isDescribed = CollectionEditor.Describe(files.Manifest, request.Description, now);
        // Python SkillMeat saves a collection in the folder that its manifest names.
        var isTitled = files.Manifest.Title == from;
        if (!isDescribed && !isTitled) return;
        if (isDescribed) AddSnapshot(transaction, files, count, from, to);
        if (isTitled) files.Manifest.SetTitle(to, now);
        var (manifest, _, editedIds) = files.Render();
        new EditGuard(files, Layout.Manifest(from)).Check(manifest, ids, editedIds);
        transaction.Write(Layout.Manifest(from), manifest, FileExpectation.Of(files.ManifestBytes));
    }

    private void AddSnapshot(Transaction transaction, CollectionFiles files, int artifactCount, string from, string to)
    {
        // The folder of the snapshots goes along, if there is one.
        var name = Disk.HasEntry(Layout.SnapshotsFolder(from)) ? from : to;
        new SnapshotCatalog(store, name).MakeRoom(transaction, store.ReadConfig().KeptSnapshots);
        new SnapshotTaker(store, name).Add(transaction, SnapshotKind.BeforeEdit, CollectionEditor.Message, artifactCount, files.ManifestBytes, files.LockBytes);
    }

    private void WriteConfig(Transaction transaction, string from, string to, bool activates, CancellationToken cancellationToken)
    {
        var bytes = store.Storage.ReadConsistent([Layout.ConfigFile], cancellationToken)[0];
        var config = HomeConfig.Parse(bytes, Layout.ConfigFile);
        if (activates || config.IsActive(from)) transaction.Write(Layout.ConfigFile, config.WithActiveCollection(to), FileExpectation.Of(bytes));
    }

    private void MoveBases(Transaction transaction, string from, string to)
    {
        var (source, target) = (Layout.Baselines(from), Layout.Baselines(to));
        OwnFolders.Check(Path.GetDirectoryName(source)!);
        OwnFolders.Check(source);
        var bytes = store.Storage.ReadConsistent([source, target]);
        if (bytes[0] is not { } bases) return;
        transaction.Write(target, bases, FileExpectation.Of(bytes[1]));
        transaction.Delete(source, FileExpectation.Of(bases));
    }

    private void MoveSnapshots(Transaction transaction, string from, string to)
    {
        var (source, target) = (Layout.SnapshotsFolder(from), Layout.SnapshotsFolder(to));
        if (!Disk.HasEntry(source)) return;
        // Of a collection whose snapshots were all removed.
        if (Disk.HasEntry(target)) store.Objects.Disk.TryDeleteEmptyFolder(target);
        // Python SkillMeat deletes a collection before it looks for the tarball.
        var path = Path.Combine(source, TarballStore.ListName);
        var list = TarballList.Read(path);
        list.MoveTo(source, target);
        if (list.Bytes is { } before && list.ToBytes() is var after && !after.AsSpan().SequenceEqual(before)) transaction.Write(path, after, FileExpectation.Of(before));
        transaction.Move(source, target);
    }

    private void Write(Transaction transaction, string path, Func<byte[]?, byte[]> edit)
    {
        var bytes = store.Storage.ReadConsistent([path])[0];
        transaction.Write(path, edit(bytes), FileExpectation.Of(bytes));
    }

    private RenamedCollection Describe(string from, string to, FollowingCopies copies) => new()
    {
        Collection = to,
        PreviousName = from,
        Folder = Layout.CollectionFolder(to),
        IsActive = store.ReadConfig().IsActive(from),
        Snapshots = new SnapshotCatalog(store, from).Ids().Count,
        Deployments = copies.All.Count,
        Projects = TextValues.Of(copies.All.Select(copy => copy.Site.Folder).Distinct(StringComparer.Ordinal)),
        Warnings = TextValues.Of(copies.Warnings),
    };
}
