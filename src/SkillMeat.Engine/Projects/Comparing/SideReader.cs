using SkillMeat.Artifacts;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Syncing;
using SkillMeat.Snapshots;
using SkillMeat.Snapshots.Tarballs;
using SkillMeat.Storage.Files;
using SkillMeat.Updates.Planning;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Contents;

namespace SkillMeat.Projects.Comparing;

/// <summary>Reads the contents of the sides of a comparison into an object store.</summary>
internal sealed class SideReader(CollectionStore store, ObjectStore objects, UpstreamSession? session, ComparedArtifact compared, CancellationToken cancellationToken)
{
    /// <summary>Reads a side.</summary>
    /// <returns>The stored content, or null if that side does not have the artifact.</returns>
    /// <exception cref="SkillMeatException">The side cannot be read, or is not known.</exception>
    public async Task<TreeEntry?> ReadAsync(CompareSide side)
    {
        if (side.SnapshotId is { } id) return ReadSnapshot(id);
        if (side == CompareSide.Project) return ReadProject();
        if (side == CompareSide.Base) return ReadBase();
        if (side == CompareSide.Upstream) return await ReadUpstreamAsync().ConfigureAwait(false);
        return Collection is { } collection && compared.Artifact is { } artifact ? ReadDisk(Path.Combine(collection.Folder, artifact.Path)) : null;
    }

    private Collection Collection => compared.Collection ?? throw store.Missing(compared.CollectionName);

    private string PathInCollection => TreePath.Normalize(compared.Artifact?.Path ?? $"{compared.Id.Type.Container}/{compared.Id.Name}{(compared.Id.Type.IsFolder ? "" : ".md")}");

    private TreeEntry? ReadProject() => compared.Target is { } target
        ? ReadDisk(target.FullPath)
        : throw new SkillMeatException(ErrorIds.InvalidArgument, "To compare the copy in a project, name the project.");

    // The copy can be a link to the collection's files.
    private TreeEntry? ReadDisk(string path)
    {
        using var contents = new SyncContents(objects, store.Time, cancellationToken);
        var real = LinkTarget.Resolve(path);
        return contents.Read(real) is { } found ? contents.Store(real, found) with { Name = Path.GetFileName(path) } : null;
    }

    private TreeEntry ReadBase()
    {
        var finder = new BaseFinder(store, objects, Collection.Name, objects.Store(Collection.Folder, store.Time, cancellationToken).Scan.Id);
        if (compared.Target is not { } target)
        {
            return (compared.Artifact is { } artifact ? finder.Find(artifact) : throw Collection.Missing(compared.Id.ToString()))
                ?? throw Unknown($"The content of {compared.Id} as it was fetched is not known any more. Compare it with upstream.");
        }

        var (kept, _) = new ProjectMemory(store, cancellationToken).Read(target.Site);
        if (kept.Find(target.FullPath, target.Record.ContentHash) is { } deployed && finder.HashOf(deployed.Content) == target.Record.ContentHash) return deployed.Content;
        return finder.Find(compared.Id, PathInCollection, target.Record.ContentHash)
            ?? throw Unknown($"The content of {compared.Id} as it was deployed to '{target.Site.Folder}' is not known in this home: another home or Python SkillMeat deployed it.");
    }

    private TreeEntry? ReadSnapshot(string id)
    {
        var catalog = new SnapshotCatalog(store, Collection.Name);
        // Throws for an id that is not known.
        var snapshots = catalog.StoreOf(id);
        var tree = snapshots == catalog.Trees ? catalog.Trees.Read(id).Tree
            : snapshots == catalog.Tarballs ? new TarballImport(objects).Read(catalog.Tarballs.PathOf(id), cancellationToken)
            : throw new SkillMeatException(ErrorIds.InvalidArgument, $"The snapshot {id} holds manifest and lock file only, and no files of artifacts.");
        return objects.Find(tree, PathInCollection);
    }

    private async Task<TreeEntry?> ReadUpstreamAsync()
    {
        if (session is null) throw new InvalidOperationException("upstream can be compared in a session only");
        var artifact = compared.Artifact ?? throw Collection.Missing(compared.Id.ToString());
        var context = session.ContextFor(Collection.Folder);
        var all = Collection.Artifacts.Select(one => TrackedArtifact.From(one, context)).ToList();
        var tracked = all.Find(one => one.Artifact.Id == artifact.Id)!;
        if (tracked.Problem is { } problem) throw problem;
        var source = tracked.Source ?? throw new SkillMeatException(ErrorIds.InvalidArgument, $"{artifact.Id} has no upstream.");
        var checker = new UpdateChecker(session.Provider, new LocalFiles(Collection.Folder), session.GitHubServer, fields: null, findsNew: false);
        var (checks, _) = await checker.CheckAsync(Collection, all, ArtifactFilter.Everything.Among([artifact.Id]), CheckListener.Silent, cancellationToken).ConfigureAwait(false);
        var check = checks.Single(one => one.Id == artifact.Id);
        if (check.ErrorId is { } error) throw new SkillMeatException(error, check.Reason ?? $"The state of {artifact.Id} upstream is not known.");
        if (check.ChangeType == ChangeType.Deleted) return null;
        var repository = check.NewRepository is { } renamed ? SourceSpec.Parse(renamed, context).Repository : source.Repository;
        var commit = repository.Kind == RepositoryKind.Folder ? "" : check.NewSha ?? tracked.BaseCommit ?? throw Unknown($"The commit of {artifact.Id} upstream is not known.");
        var question = new ContentQuestion(repository, commit, [check.NewPath ?? source.Path]);
        var answer = (await session.Contents.FetchAsync([question], objects, cancellationToken).ConfigureAwait(false))[0];
        if (answer.Error is { } failed) throw failed;
        if (answer.Paths[0].Error is { } refused) throw refused;
        return answer.Paths[0].Entry is { } entry ? SettingsFile.AsFolder(objects, artifact.Id.Type, entry) : null;
    }

    private static SkillMeatException Unknown(string message) => new(ErrorIds.InvalidArgument, message);
}
