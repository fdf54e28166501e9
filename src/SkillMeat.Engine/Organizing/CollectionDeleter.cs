using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Folders;
using SkillMeat.Objects.Scanning;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Profiles;
using SkillMeat.Snapshots;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Organizing;

/// <summary>Deletes a collection. Its merge bases stay for a restore.</summary>
internal sealed class CollectionDeleter(CollectionStore store, AgentFolders user)
{
    private const int MostNamed = 10;

    /// <inheritdoc cref="CollectionOrganizer.DeleteAsync"/>
    public async Task<DeletedCollection> DeleteAsync(DeleteCollectionRequest request, CancellationToken cancellationToken)
    {
        var name = store.SpellingOf(request.Collection);
        // A wrong name fails before waiting for the lock.
        store.CheckExists(name);
        var planned = Describe(name);
        if (request.DryRun) return planned with { DryRun = true };
        CheckLinks(planned, request);
        using var held = await store.Storage.LockAsync([CollectionStore.HomeLockName, CollectionStore.LockNameOf(name)], request.LockTimeout, cancellationToken).ConfigureAwait(false);
        return ConcurrentChanges.Retry(() => Delete(held, request, cancellationToken), cancellationToken);
    }

    private DeletedCollection Delete(HomeLock held, DeleteCollectionRequest request, CancellationToken cancellationToken)
    {
        var name = request.Collection;
        store.CheckExists(name);
        CollectionExpectation.Check(store, name, request.Expects);
        var described = Describe(name);
        CheckLinks(described, request);
        var taker = new SnapshotTaker(store, name);
        var folder = new SnapshotGuard(isNeeded: true).Run(name, () => taker.Scan(cancellationToken));
        // Again after the scan: what changes later is found when the folder is deleted.
        CollectionExpectation.Check(store, name, request.Expects);
        CheckComplete(name, folder);
        var transaction = store.Storage.Begin(held);
        var snapshot = taker.Add(transaction, SnapshotKind.BeforeDelete, $"Before deletion of collection '{name}'", described.ArtifactCount, folder).Snapshot;
        DeleteFolder(transaction, name, folder, cancellationToken);
        var bytes = store.Storage.ReadConsistent([store.Layout.ConfigFile], cancellationToken)[0];
        var config = HomeConfig.Parse(bytes, store.Layout.ConfigFile);
        if (!config.IsActive(described.ActiveCollection)) transaction.Write(store.Layout.ConfigFile, config.WithActiveCollection(described.ActiveCollection), FileExpectation.Of(bytes));
        Commit(transaction, name, snapshot.Id, cancellationToken);
        return described with { SnapshotId = snapshot.Id, Warnings = TextValues.Of([.. described.Warnings, .. transaction.Warnings]) };
    }

    private static void Commit(Transaction transaction, string name, string snapshotId, CancellationToken cancellationToken)
    {
        try
        {
            transaction.Commit(cancellationToken);
        }
        catch (StorageException e) when (e.ErrorId == ErrorIds.RecoveryPending)
        {
            throw SnapshotErrors.NotRolledBack(e, [new WayBack(name, snapshotId, IsBefore: true)]);
        }
    }

    // An agent that reads the project would lose its files.
    private static void CheckLinks(DeletedCollection described, DeleteCollectionRequest request)
    {
        if (request.Force || described.LinkedDeployments.Count == 0) return;
        throw new SkillMeatException(ErrorIds.InvalidArgument,
            $"Collection '{described.Collection}' was not deleted. {DescribeLinks([.. described.LinkedDeployments])} Undeploy them first, or delete it by force.");
    }

    private static string DescribeLinks(List<string> links)
    {
        var named = string.Join(", ", links.Take(MostNamed).Select(link => $"'{link}'"));
        var more = links.Count > MostNamed ? $", and {links.Count - MostNamed} more" : "";
        return $"Without its files, {(links.Count == 1 ? "this link leads" : "these links lead")} nowhere: {named}{more}.";
    }

    // A restore could not bring it back.
    private void CheckComplete(string name, StoredFolder folder)
    {
        if (folder.Scan.Warnings.Count == 0) return;
        var named = string.Join("; ", folder.Scan.Warnings.Take(MostNamed).Select(warning => $"'{warning.Path}' ({warning.Message})"));
        var more = folder.Scan.Warnings.Count > MostNamed ? $"; and {folder.Scan.Warnings.Count - MostNamed} more" : "";
        throw new SkillMeatException(ErrorIds.InvalidArgument, $"Collection '{name}' cannot be deleted, because a snapshot cannot hold all of '{store.Layout.CollectionFolder(name)}': {named}{more}. Remove these first.");
    }

    private void DeleteFolder(Transaction transaction, string name, StoredFolder folder, CancellationToken cancellationToken)
    {
        var path = store.Layout.CollectionFolder(name);
        // The files of a collection that is kept elsewhere stay there.
        if (LinkState.Read(path) is { } link) transaction.Delete(path, FileExpectation.Sha256(link));
        else new FolderChanger(store.Objects, store.Time, path).AddTo(transaction, [new FolderChange("", new TreeEntry("", TreeEntryKind.Folder, folder.Scan.Id, 0), After: null)], cancellationToken);
    }

    private DeletedCollection Describe(string name)
    {
        var copies = FollowingCopies.Find(store, user, record => record.Collection == name);
        var config = store.ReadConfig();
        var folder = store.Layout.CollectionFolder(name);
        var link = new FileInfo(folder).LinkTarget;
        var links = copies.All.Select(copy => copy.Path).Where(path => CollectionLinks.LeadInto(path, folder)).Distinct(PathEquality.Comparer).ToList();
        return new DeletedCollection
        {
            Collection = name,
            Folder = folder,
            ArtifactCount = new ManifestCounter(store, name).Count(),
            ActiveCollection = config.IsActive(name) ? FindNextActive(name) : config.ActiveCollection,
            Deployments = copies.All.Count,
            Projects = TextValues.Of(copies.All.Select(copy => copy.Site.Folder).Distinct(StringComparer.Ordinal)),
            LinkedDeployments = TextValues.Of(links),
            Warnings = TextValues.Of([.. copies.Warnings, .. links.Count == 0 ? [] : new[] { DescribeLinks(links) }, .. link is null ? [] : new[] { $"'{folder}' is a link. Only the link is deleted; the files in '{link}' stay." }]),
        };
    }

    // The last one stays the active one, for when it is restored.
    private string FindNextActive(string deleted)
    {
        var others = store.ListNames().Where(name => name != deleted).ToList();
        return others.Find(name => name == HomeConfig.DefaultCollectionName) ?? others.FirstOrDefault() ?? deleted;
    }
}
