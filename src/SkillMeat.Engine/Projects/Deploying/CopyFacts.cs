using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Objects.Folders;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Records;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Deploying;

/// <summary>The known facts about copies in projects: whether they are as they were deployed, and by whom. Stores the contents that are replaced. Not thread-safe.</summary>
internal sealed class CopyFacts(CollectionStore store, string collection, DeployRequest request, ProjectChanges changes, EarlierContents earlier, CancellationToken cancellationToken)
{
    private readonly DateTimeOffset _now = store.Time.GetUtcNow();

    /// <summary>Reads the files on the disk.</summary>
    public DiskContent Disk { get; } = new(store.Objects, store.Time);

    public bool IsDeployed(Target target, string path, DeploymentRecord? record, TreeEntry current)
    {
        if (record is null || current.Kind == TreeEntryKind.Link) return false;
        if (DeployedContent(target, record) is { } deployed)
        {
            return current.Kind == TreeEntryKind.Folder == (deployed.Kind == TreeEntryKind.Folder) && (deployed.HasContentOf(current) || Disk.Holds(path, deployed, cancellationToken));
        }

        // Another home or Python SkillMeat deployed it. The hash passes over some links, which would be lost.
        return ContentHash.Of(path) == record.ContentHash && (current.Kind != TreeEntryKind.Folder || !HasUnhashed(new DirectoryInfo(path)));
    }

    /// <summary>Whether a copy is as it was deployed by another home, with a content that this home's collection never had. Replacing it could bring back an earlier version.</summary>
    public bool IsOfAnotherHome(Target target, DeploymentRecord record) => DeployedContent(target, record) is null && earlier.Find(record) is null;

    public TreeEntry? DeployedContent(Target target, DeploymentRecord record) =>
        changes.KeptOf(target.Site).Find(target.FullPath, record.ContentHash)?.Content is { } deployed && store.Objects.Contains(deployed.Id) ? deployed : null;

    private static bool HasUnhashed(DirectoryInfo folder) => folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 })
        .Any(item => item.LinkTarget is not null ? Directory.Exists(item.FullName) || !LinkTarget.Exists(item.FullName) : item is DirectoryInfo below && HasUnhashed(below));

    // A recorded link into a collection of this home has nothing of its own that could be lost. A collection can itself be a link; its name in the record may be any text.
    public bool IsOurLink(string path, DeploymentRecord record) => CollectionLinks.LeadInto(path, Path.Combine(store.Home, OwnFolders.Collections))
        || CollectionLinks.LeadInto(path, store.Layout.CollectionFolder(collection))
        || (store.ListNames().Contains(record.Collection) && CollectionLinks.LeadInto(path, store.Layout.CollectionFolder(record.Collection)));

    public TreeEntry StoreLink(string name, string target) => LinkContent.Store(store.Objects, name, target);

    // Stores the content that is replaced, so that it can be brought back, and returns a sentence that says where.
    public string Keep(Target target, string path, TreeEntry current)
    {
        if (request.DryRun) return "The earlier content is kept in the object store.";
        var (stored, dropped) = KeepStored(target, path, current);
        var sentence = $"The earlier content is kept in the object store as {stored.Id}.";
        return dropped is null ? sentence : $"{sentence} {dropped}";
    }

    // Returns the stored content, and a sentence if it takes the place of an older one.
    public (TreeEntry Stored, string? Dropped) KeepStored(Target target, string path, TreeEntry current)
    {
        var stored = current.Kind == TreeEntryKind.Link ? StoreLink(current.Name, new FileInfo(path).LinkTarget ?? "") : Store(path, current);
        var hash = current.Kind == TreeEntryKind.Link ? stored.Id.ToString() : ContentFiles.Of(store.Objects, stored).ContentHash();
        return (stored, changes.KeepReplaced(target.Site, new KeptContent(target.Artifact, target.FullPath, hash, stored, _now)));
    }

    public TreeEntry Store(string path, TreeEntry current)
    {
        if (current.Kind == TreeEntryKind.Folder) return current with { Id = store.Objects.Store(path, store.Time, cancellationToken).Scan.Id };
        using var writer = store.Objects.BeginWrite();
        using var file = RegularFile.OpenRead(path, LinkUse.Refuse);
        var id = writer.AddBlob(file, file.Length, cancellationToken);
        writer.Commit();
        return current with { Id = id };
    }
}
