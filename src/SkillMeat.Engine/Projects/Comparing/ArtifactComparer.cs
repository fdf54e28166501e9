using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Merging.Differences;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Syncing;
using SkillMeat.Storage.Files;
using SkillMeat.Updates;
using SkillMeat.Upstream;

namespace SkillMeat.Projects.Comparing;

/// <summary>Compares two contents of an artifact: in the collection, in a project, upstream, in a snapshot, or as it was deployed or fetched. Changes nothing.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class ArtifactComparer
{
    private readonly CollectionStore _store;
    private readonly Func<string, string?> _environment;

    /// <summary>Creates a comparer for a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="environment">Reads an environment variable, for the user's own folders and the difftool; null for the variables of this process.</param>
    public ArtifactComparer(CollectionStore store, Func<string, string?>? environment = null)
    {
        _store = store;
        _environment = environment ?? Environment.GetEnvironmentVariable;
    }

    /// <summary>Compares the two sides.</summary>
    /// <param name="request">The artifact and the sides.</param>
    /// <param name="session">The connection to upstream; null if neither side is upstream.</param>
    /// <param name="cancellationToken">Cancels the comparison.</param>
    /// <returns>The differences.</returns>
    /// <exception cref="SkillMeatException">
    /// The artifact, the project, the collection or the snapshot cannot be found, neither side has the artifact, or a side cannot be read.
    /// </exception>
    public Task<ArtifactComparison> CompareAsync(CompareRequest request, UpstreamSession? session = null, CancellationToken cancellationToken = default) =>
        ReadAsync(request, session, (compared, objects, from, to) => Task.FromResult(Compare(request, compared, objects, from, to, cancellationToken)), cancellationToken);

    /// <summary>Opens the user's difftool with temporary copies of the two sides, and waits until it ends.</summary>
    /// <param name="request">The artifact and the sides.</param>
    /// <param name="session">The connection to upstream; null if neither side is upstream.</param>
    /// <param name="cancellationToken">Ends the tool.</param>
    /// <returns>The differences.</returns>
    /// <exception cref="SkillMeatException">As for <see cref="CompareAsync"/>. <see cref="ErrorIds.InvalidArgument"/>: the tool cannot be started, or failed.</exception>
    public Task<ArtifactComparison> OpenToolAsync(CompareRequest request, UpstreamSession? session = null, CancellationToken cancellationToken = default) => ReadAsync(
        request,
        session,
        async (compared, objects, from, to) =>
        {
            await new DiffTool(_environment, objects).OpenAsync((request.From, from), (request.To, to), cancellationToken).ConfigureAwait(false);
            return Compare(request, compared, objects, from, to, cancellationToken);
        },
        cancellationToken);

    /// <summary>Returns the requests that compare the members of a group: in a project those that are deployed there from its collection, else those that the collection has.</summary>
    /// <param name="group">The name of the group, ignoring case unless two groups differ in case alone. It is one of the request's collection, or of the active one.</param>
    /// <param name="request">The other values of the requests. Its artifact does not count.</param>
    /// <returns>The requests, each with the id of an artifact.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.EntryNotFound"/>: the collection has no such group. <see cref="ErrorIds.ArtifactNotFound"/>: no member can be compared in this way. Or the project or the collection cannot be
    /// found or read.
    /// </exception>
    public IReadOnlyList<CompareRequest> ForGroup(string group, CompareRequest request)
    {
        var collection = _store.Read(request.Collection);
        var found = collection.FindGroup(group).Name;
        var type = request.Type is null ? null : ArtifactType.Parse(request.Type);
        IEnumerable<ArtifactId> ids;
        var place = $"in the collection '{collection.Name}'";
        if (request.Project is null && !request.IsUser)
        {
            ids = collection.FindMembers(group).Select(artifact => artifact.Id).Where(id => type is null || id.Type == type);
        }
        else
        {
            var sites = FindSites(request);
            ids = new SyncTargetFinder(_store, SelectionOf(request, collection.Name) with { Group = group }).Find(sites).Select(target => target.Artifact);
            place = $"deployed in '{sites[0].Folder}' in this way";
        }

        IReadOnlyList<CompareRequest> requests = [.. ids.Distinct().Select(id => request with { Artifact = id.ToString(), Type = null, Collection = collection.Name })];
        return requests.Count > 0 ? requests : throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"No member of group '{found}' is {place}.");
    }

    private async Task<ArtifactComparison> ReadAsync(
        CompareRequest request, UpstreamSession? session, Func<ComparedArtifact, ObjectStore, TreeEntry?, TreeEntry?, Task<ArtifactComparison>> use, CancellationToken cancellationToken)
    {
        var compared = Find(request);
        // Nothing is stored in the home.
        using var scratch = new TemporaryFolder(Path.GetTempPath(), _ => { });
        var objects = new ObjectStore(scratch.Path, _store.Random, faults: null, _store.Home);
        var reader = new SideReader(_store, objects, session, compared, cancellationToken);
        var (from, to) = (await reader.ReadAsync(request.From).ConfigureAwait(false), await reader.ReadAsync(request.To).ConfigureAwait(false));
        if (from is null && to is null) throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"{compared.Id} is neither in {request.From} nor in {request.To}.");
        return await use(compared, objects, from, to).ConfigureAwait(false);
    }

    private ComparedArtifact Find(CompareRequest request)
    {
        if (request.Project is null && !request.IsUser)
        {
            var active = _store.Read(request.Collection);
            var found = active.Find(request.Artifact, request.Type is null ? null : ArtifactType.Parse(request.Type));
            return new ComparedArtifact(found.Id, active, active.Name, Target: null);
        }

        var sites = FindSites(request);
        var wanted = SelectionOf(request, request.Collection) with { Names = [NamePattern.Simple(request.Artifact) with { Fits = name => name == request.Artifact, IsLiteral = true }] };
        var targets = new SyncTargetFinder(_store, wanted).Find(sites);
        if (targets.Count == 0) throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"'{request.Artifact}' is not deployed in '{sites[0].Folder}' in this way.");
        var ids = targets.Select(one => one.Artifact).Distinct().ToList();
        if (ids.Count > 1) throw new SkillMeatException(ErrorIds.ArtifactNotFound, $"'{request.Artifact}' is ambiguous: it can be {string.Join(" or ", ids)}. Use one of these ids.");
        var target = targets[0];
        var collection = SyncPlan.Exists(_store, target.Record.Collection) ? _store.Read(target.Record.Collection) : null;
        return new ComparedArtifact(target.Artifact, collection, target.Record.Collection, target);
    }

    private IReadOnlyList<ProjectSite> FindSites(CompareRequest request) => new SiteFinder(_store, AgentFolders.OfUser(_environment)).Find(request.Project is { } project ? [project] : [], request.IsUser);

    private static SyncRequest SelectionOf(CompareRequest request, string? collection) => new()
    {
        Types = request.Type is { } type ? [type] : [],
        Profiles = request.Profile is { } profile ? [profile] : [],
        Collection = collection,
    };

    private static ArtifactComparison Compare(CompareRequest request, ComparedArtifact compared, ObjectStore objects, TreeEntry? from, TreeEntry? to, CancellationToken cancellationToken)
    {
        var (old, @new) = (from is null ? null : ContentFiles.Of(objects, from), to is null ? null : ContentFiles.Of(objects, to));
        if (old is not null && @new is not null && old.IsFolder != @new.IsFolder)
        {
            throw new SkillMeatException(ErrorIds.ArtifactInvalid, $"{compared.Id} is a {(old.IsFolder ? "folder" : "file")} in {request.From} and a {(@new.IsFolder ? "folder" : "file")} in {request.To}.");
        }

        var files = new List<FileComparison>();
        foreach (var path in (old?.Files.Keys ?? []).Union(@new?.Files.Keys ?? []).Order(StringComparer.Ordinal))
        {
            var (before, after) = (old?.Files.GetValueOrDefault(path), @new?.Files.GetValueOrDefault(path));
            if (before is not null && after is not null && before.IsSameAs(after)) continue;
            files.Add(Compare((old ?? @new)!.IsFolder ? path : (to ?? from)!.Name, objects, before, after, cancellationToken));
        }

        return new ArtifactComparison(compared.Id) { Collection = compared.CollectionName, Path = compared.Target?.FullPath, From = request.From, To = request.To, Files = [.. files] };
    }

    private static FileComparison Compare(string path, ObjectStore objects, TreeEntry? before, TreeEntry? after, CancellationToken cancellationToken)
    {
        var change = before is null ? FileUpdateKind.Added : after is null ? FileUpdateKind.Deleted : FileUpdateKind.Changed;
        var file = new FileComparison(path, change) { Note = DescribeKinds(before, after) };
        if (before is not null && after is not null && before.HasContentOf(after)) return file;
        if (Math.Max(before?.Size ?? 0, after?.Size ?? 0) > HunkFinder.MostBytes) return file with { Note = "It is too large to compare by line." };
        var hunks = HunkFinder.Find(before is null ? [] : objects.ReadBlob(before.Id), after is null ? [] : objects.ReadBlob(after.Id), cancellationToken);
        return hunks is null ? file with { Note = "It is not text." } : file with { Hunks = [.. hunks] };
    }

    private static string? DescribeKinds(TreeEntry? before, TreeEntry? after)
    {
        if (before is null || after is null || before.Kind == after.Kind) return (after ?? before)!.IsLink ? "It is a link; its target is compared." : null;
        if (before.IsLink || after.IsLink) return $"It is a link {(before.IsLink ? "before" : "after")}, and a file {(before.IsLink ? "after" : "before")}.";
        return after.Kind == TreeEntryKind.Executable ? "It becomes executable." : "It is not executable any more.";
    }
}
