using SkillMeat.Additions;
using SkillMeat.Artifacts;
using SkillMeat.Baselines;
using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Folders;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Adoption.Origins;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Records;
using SkillMeat.Projects.Syncing;
using SkillMeat.Storage.Journal;
using SkillMeat.Upstream;

namespace SkillMeat.Projects.Adoption;

/// <summary>The changes of an adoption in a collection and in the records of projects, and the results. A dry run and the adoption itself make the same plan. Not thread-safe.</summary>
/// <param name="store">The home.</param>
/// <param name="objects">The store of the contents.</param>
/// <param name="collection">The name of the collection.</param>
/// <param name="origins">Finds the origins.</param>
/// <param name="answers">The answers from upstream.</param>
/// <param name="request">The request.</param>
/// <param name="cancellationToken">Cancels the work.</param>
internal sealed class AdoptionPlan(CollectionStore store, ObjectStore objects, string collection, OriginFinder origins, UpstreamAnswers answers, AdoptRequest request, CancellationToken cancellationToken) : IDisposable
{
    private readonly List<AdoptedArtifact> _results = [];
    private readonly List<(SourceSpec Source, RefSpec Follows, ArtifactType Type)> _places = [];
    private readonly ILookup<string, AdoptedArtifact>? _planned = request.Planned?.ToLookup(one => one.Path, StringComparer.Ordinal);
    private readonly List<FolderChange> _changes = [];
    private readonly List<MergeBase> _bases = [];
    private readonly Dictionary<ArtifactId, (TreeEntry Content, NewArtifact Entry)> _added = [];
    private readonly AdoptionContents _contents = new(store, objects, cancellationToken);
    private readonly SyncContents _comparison = new(objects, store.Time, cancellationToken);
    private readonly SyncValidator _validator = new(objects);
    private readonly ProjectChanges _projects = new(store, objects, new OutsideFolders(store.Home), cancellationToken);
    private readonly CollectionFiles _files = store.ReadFiles(collection);
    private readonly DateTimeOffset _now = store.Time.GetUtcNow();
    private readonly Dictionary<string, IReadOnlyList<Artifact>> _same = new(StringComparer.Ordinal);
    private HashSet<(ProjectSite Site, string Root, string Profile, ArtifactId Artifact)> _named = [];
    private Dictionary<ArtifactId, Artifact> _present = [];
    private TakenNames? _taken;

    /// <summary>The results, in the order of the candidates.</summary>
    public IReadOnlyList<AdoptedArtifact> Results => _results;

    /// <summary>The places about which upstream can be asked.</summary>
    public IReadOnlyList<(SourceSpec Source, RefSpec Follows, ArtifactType Type)> Places => _places;

    /// <summary>Whether there is something to write.</summary>
    public bool HasChanges => _added.Count > 0 || _projects.HasChanges;

    /// <summary>Plans the adoption of candidates.</summary>
    /// <exception cref="SkillMeatException">The collection or the records of a project cannot be read.</exception>
    public void Add(IReadOnlyList<AdoptionCandidate> candidates)
    {
        _taken = new TakenNames(store.Layout.CollectionFolder(collection), _files.Manifest.Paths);
        var wanted = candidates.Select(candidate => candidate.Artifact).Where(_files.Manifest.Contains).ToHashSet();
        _present = wanted.Count == 0 ? [] : _files.Manifest.ReadArtifacts(collection, wanted, _files.LockFile).ToDictionary(artifact => artifact.Id);
        _contents.Store(candidates.Where(candidate => candidate.Refusal is null).Select(candidate => candidate.Path).Concat(_present.Values.Select(PathOf)));
        _named = [.. candidates.Where(candidate => candidate.Target is not null).Select(candidate => (candidate.Site, candidate.Target!.Root, candidate.Profile, candidate.Artifact))];
        FindSame(candidates);
        foreach (var candidate in candidates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _results.Add(Plan(candidate));
        }
    }

    /// <summary>Makes the change of the collection; null if it stays as it is.</summary>
    public CollectionChange? MakeCollectionChange() => _added.Count == 0 ? null : new CollectionChange(collection, _files, _files.Manifest.Ids)
    {
        Folder = _changes,
        Bases = _bases.Count == 0 ? null : new MergeBaseStore(store, collection).Read().With(_bases),
        NewFolders = [.. _added.Keys.Select(id => id.Type.Container!).Distinct(StringComparer.Ordinal)],
    };

    /// <summary>Adds the changes of records to a transaction.</summary>
    public void AddProjectsTo(Transaction transaction) => _projects.AddTo(transaction);

    public void Dispose() => _comparison.Dispose();

    private AdoptedArtifact Plan(AdoptionCandidate candidate)
    {
        var result = new AdoptedArtifact(candidate.Artifact)
        {
            Path = candidate.Path,
            Project = candidate.Site.Folder,
            IsUserScope = candidate.Site.User is not null,
            Profile = candidate.Profile,
            Collection = collection,
            Status = AdoptStatus.Error,
            DryRun = request.DryRun,
        };
        if (candidate.Refusal is { } refusal) return candidate.IsLink ? result with { Status = AdoptStatus.Skipped, Reason = refusal } : result with { Reason = refusal, ErrorId = ErrorIds.ArtifactInvalid };
        try
        {
            var (decided, apply) = Decide(candidate, result);
            if (apply is not null && _planned is not null && !_planned[candidate.Path].Any(decided.IsAs))
            {
                return decided with { Status = AdoptStatus.Skipped, Reason = "It appeared or changed after you agreed. Run the command again to adopt it." };
            }

            apply?.Invoke();
            return decided;
        }
        catch (SkillMeatException e) when (e.ErrorId is ErrorIds.ArtifactInvalid or ErrorIds.InvalidArgument || _contents.HasFailedWith(e))
        {
            return result with { Reason = e.Message, ErrorId = e.ErrorId };
        }
    }

    // The result, and the change; null for none.
    private (AdoptedArtifact Result, Action? Apply) Decide(AdoptionCandidate candidate, AdoptedArtifact result)
    {
        if (_contents.Find(candidate.Path) is not { } content) return (result with { Status = AdoptStatus.Skipped, Reason = "Its files are gone." }, null);
        result = result with { Content = content.Id };
        var id = candidate.Artifact;
        if (candidate.Target is { } target && DescribeRecord(candidate, target) is { } recorded) return (result with { Status = AdoptStatus.Conflict, Reason = recorded }, null);
        if (_present.TryGetValue(id, out var artifact)) return Compare(candidate, result, content, artifact);
        if (_added.TryGetValue(id, out var twin)) return CompareWithTwin(candidate, result, content, twin.Content, twin.Entry);
        if (VisibleText.FindHidden(id.Name) is { } hidden) throw new SkillMeatException(ErrorIds.ArtifactInvalid, $"'{id.Name}' is not a valid artifact name: it contains the hidden character {hidden}. Rename it.");
        var valid = _validator.Validate(content, before: null, id.Type, id.Name);
        var origin = candidate.Origin ?? origins.Find(candidate.Site, id.Type, candidate.Path, objects, content, valid);
        if (origin.Source is { Repository.Kind: not RepositoryKind.Folder } source) _places.Add((source, RefSpec.Parse(origin.Ref), id.Type));
        origin = origin.With(answers, () => ObjectIdOf(content));
        var path = $"{id.Type.Container}/{id.Name}{(id.Type.IsFolder ? "" : ".md")}";
        var entry = EntryOf(id, path, origin, valid);
        result = result with { Origin = origin.Origin, Upstream = origin.Upstream, Version = entry.ResolvedVersion ?? entry.Version, FoundIn = origin.FoundIn, Reason = origin.Reason };
        var same = SameAs(candidate, content, origin);
        if (same is [var one] && CanRecord(candidate, one.Id)) return Compare(candidate.As(one.Id), result with { Id = one.Id }, content, one);
        if (same.Count > 0) result = result with { Reason = $"{(result.Reason is null ? "" : result.Reason + " ")}{DescribeSame(same)}" };
        if (_taken!.DescribeObstacle(_files.Manifest, collection, id, path) is { } obstacle) return (result with { Status = AdoptStatus.Conflict, Reason = obstacle }, null);
        return (result with { Status = candidate.Target is null ? AdoptStatus.Copied : AdoptStatus.Adopted }, Adopt);

        void Adopt()
        {
            AddToCollection(entry, content with { Name = TreePath.LastPart(path) }, origin);
            if (candidate.Target is not null) Record(candidate, content);
        }
    }

    // A merge of git, or a move by hand, can leave a record of the same artifact for another place.
    private string? DescribeRecord(AdoptionCandidate candidate, Target target)
    {
        var records = _projects.RecordsOf(candidate.Site, target.Root);
        var other = records.File.Find(target.Artifact, target.Profile);
        if (candidate.Record is { } known)
        {
            if (other is not null && (other.Path, other.Collection, other.ContentHash) == (known.Path, known.Collection, known.ContentHash)) return null;
            // Also a second record of the same artifact, which a merge of git can leave.
            return $"The records of '{target.Root}' have another entry for {target.Artifact} and {target.Profile}. Delete one of them.";
        }

        return other is null ? null : $"The records of '{target.Root}' name a copy of {target.Artifact} at '{other.Path}' already.";
    }

    // Finds what the collection has under other names, with all contents that are compared in one pack.
    private void FindSame(IReadOnlyList<AdoptionCandidate> candidates)
    {
        var unknown = candidates.Where(one => one.Record is null && one.Refusal is null && !_present.ContainsKey(one.Artifact) && _contents.ErrorOf(one.Path) is null).ToList();
        if (unknown.Count == 0) return;
        try
        {
            var contents = new SameContents(store, objects, collection, _files.Manifest.Paths, cancellationToken);
            var found = unknown.DistinctBy(one => one.Path).ToDictionary(one => one.Path, one => _contents.Find(one.Path) is { } content ? contents.Find(one.Artifact.Type, content).ToList() : [], StringComparer.Ordinal);
            var artifacts = _files.Manifest.ReadArtifacts(collection, found.Values.SelectMany(ids => ids).ToHashSet(), _files.LockFile).ToDictionary(artifact => artifact.Id);
            _contents.Store(artifacts.Values.Select(PathOf));
            foreach (var (path, ids) in found) _same[path] = ids.ConvertAll(id => artifacts[id]);
        }
        catch (StorageException e) when (e.ErrorId != ErrorIds.ConcurrentChange)
        {
            origins.Warn($"The collection '{collection}' could not be searched for the same contents under other names: {e.Message}.");
        }
    }

    // The records of other programs come first: the same content can be that of two sources.
    private IReadOnlyList<Artifact> SameAs(AdoptionCandidate candidate, TreeEntry content, KnownOrigin origin) => !_same.TryGetValue(candidate.Path, out var found) ? []
        : [.. found.Where(one => _contents.ErrorOf(PathOf(one)) is null && _contents.Find(PathOf(one)) is { } current && _comparison.AreSame(content, current)
            && (origin.Source is not { } source || TrackedArtifact.From(one, origins.ContextFor(collection)).Source?.Place.Equals(source.Place) == true))];

    // A record is that of an artifact and a profile, so there is one for each folder of an agent.
    private bool CanRecord(AdoptionCandidate candidate, ArtifactId id) => candidate.Target is not { } target
        || (DeploymentFile.IsPlaceOf(id, target.Path) && !_named.Contains((candidate.Site, target.Root, target.Profile, id)) && _projects.RecordsOf(candidate.Site, target.Root).File.Find(id, target.Profile) is null);

    private static string DescribeSame(IReadOnlyList<Artifact> same) => same.Count == 1
        ? $"The collection has the same content as {same[0].Id}, of which there is a copy here already."
        : $"The collection has the same content as {ShortList.Of([.. same.Select(one => one.ArtifactId)])}, so it is not known which of them it is.";

    private (AdoptedArtifact Result, Action? Apply) Compare(AdoptionCandidate candidate, AdoptedArtifact result, TreeEntry content, Artifact artifact)
    {
        result = result with { Origin = artifact.Origin, Upstream = artifact.Upstream, Version = artifact.ResolvedVersion ?? artifact.Version, FoundIn = "collection" };
        // It is no fault of the copy.
        if (_contents.ErrorOf(PathOf(artifact)) is { } unreadable)
        {
            return (result with { Status = AdoptStatus.Conflict, Reason = $"The collection '{collection}' has {candidate.Artifact} already, but its files there cannot be compared: {unreadable.Message.TrimEnd('.')}." }, null);
        }

        var current = _contents.Find(PathOf(artifact));
        if (current is null || !_comparison.AreSame(content, current))
        {
            if (current is not null && candidate.Target is not null && IsOfUpstream(artifact, content, current))
            {
                // The edit of upstream is an edit of the copy: nothing overwrites it, and an update of the collection brings both to one content.
                return (result with { Status = AdoptStatus.Recorded, Reason = "It has upstream's content, and the collection an earlier one. Update the collection." }, () => Record(candidate, current with { Name = content.Name }));
            }

            var found = current is null
                ? "but its files are gone there. Update or restore it first."
                : candidate.Target is null ? "with other content. Rename it there to have both."
                : "with other content. Rename one of them, or deploy the collection's with force, which keeps this one in the home.";
            return (result with { Status = AdoptStatus.Conflict, Reason = $"The collection '{collection}' has {candidate.Artifact} already, {found}" }, null);
        }

        var isNamedOtherwise = _same.GetValueOrDefault(candidate.Path)?.Contains(artifact) == true;
        return candidate.Target is null
            ? (result with { Status = AdoptStatus.Unchanged, Reason = isNamedOtherwise ? $"The collection has it already, as {artifact.Id}." : "The collection has it already." }, null)
            : (result with { Status = AdoptStatus.Recorded, Reason = isNamedOtherwise ? $"The collection had the same content already, as {artifact.Id}." : "The collection had the same content already." }, () => Record(candidate, content));
    }

    private (AdoptedArtifact Result, Action? Apply) CompareWithTwin(AdoptionCandidate candidate, AdoptedArtifact result, TreeEntry content, TreeEntry twin, NewArtifact entry)
    {
        result = result with { Origin = entry.Origin, Upstream = entry.Upstream, Version = entry.ResolvedVersion ?? entry.Version };
        var other = _results.Find(one => one.Id == candidate.Artifact && one.Status is AdoptStatus.Adopted or AdoptStatus.Copied)!.Path;
        if (!_comparison.AreSame(content, twin))
        {
            var next = candidate.Target is null ? "" : " Rename one of them.";
            return (result with { Status = AdoptStatus.Conflict, Reason = $"'{other}' is {candidate.Artifact} with other content, and came first.{next}" }, null);
        }

        result = result with { Reason = $"It has the content of '{other}'." };
        return candidate.Target is null ? (result with { Status = AdoptStatus.Unchanged }, null) : (result with { Status = AdoptStatus.Recorded }, () => Record(candidate, content));
    }

    // Whether the copy has what upstream has now, and the collection what it had before.
    private bool IsOfUpstream(Artifact artifact, TreeEntry content, TreeEntry current)
    {
        var tracked = TrackedArtifact.From(artifact, origins.ContextFor(collection));
        if (tracked.Source is not { Repository.Kind: not RepositoryKind.Folder } source || artifact.ContentHash != _comparison.HashOf(current)) return false;
        _places.Add((source, tracked.Follows, artifact.Id.Type));
        return answers.Find(source, tracked.Follows) is { } now && now.ObjectId == ObjectIdOf(content);
    }

    private string ObjectIdOf(TreeEntry content)
    {
        using var git = new StoredGitId(objects);
        return git.Of(content).ToString();
    }

    private static NewArtifact EntryOf(ArtifactId id, string path, KnownOrigin origin, ValidArtifact valid)
    {
        var entry = valid.Description.AddTo(new NewArtifact
        {
            Id = id,
            Path = path,
            Origin = origin.Origin,
            OriginSource = origin.HostKind,
            Upstream = origin.Upstream,
            Ref = origin.VersionSpec,
            ResolvedSha = origin.Commit,
            ResolvedVersion = origin.Tag,
        });
        return entry.WithLinkBoundary(origin.Source?.Repository.Within) with { Version = entry.Version ?? origin.Version };
    }

    private void AddToCollection(NewArtifact entry, TreeEntry content, KnownOrigin origin)
    {
        _files.Manifest.Add(entry, _now);
        _taken!.Add(new ArtifactPath(entry.Id, entry.Path));
        _changes.Add(new FolderChange(entry.Path, Before: null, content));
        _added.Add(entry.Id, (content, entry));
        // Without a lock entry, an update compares every file with upstream, and replaces none that differs.
        _files.LockFile.Remove(entry.Id);
        if (!origin.IsUnmodified) return;
        var fetched = origin.Fetched is { } known ? known with { Name = content.Name } : content;
        var hash = _comparison.HashOf(fetched);
        _files.LockFile.Set(entry.Id, new LockEntry(hash, origin.Upstream, origin.Commit, origin.Tag), _now);
        _bases.Add(new MergeBase(entry.Id, hash, fetched));
    }

    private void Record(AdoptionCandidate candidate, TreeEntry content)
    {
        var hash = _comparison.HashOf(content);
        var target = SyncTargetOf(candidate, hash);
        _projects.RecordsOf(target.Site, target.Root).File.Set(target.Record, target.Root);
        _projects.Keep(candidate.Site, new KeptContent(candidate.Artifact, target.FullPath, hash, content));
    }

    private SyncTarget SyncTargetOf(AdoptionCandidate candidate, string hash) => new(candidate.Site, candidate.Target!.Root, new DeploymentRecord
    {
        Artifact = candidate.Artifact,
        Collection = collection,
        Path = candidate.Target.Path,
        ContentHash = hash,
        DeployedAt = candidate.Record?.DeployedAt ?? _now,
        Profile = candidate.Profile,
        Lineage = [hash, .. (candidate.Record?.Lineage ?? []).Where(earlier => earlier != hash)],
    });

    private string PathOf(Artifact artifact) => Path.Combine(store.Layout.CollectionFolder(collection), TreePath.Normalize(artifact.Path).Replace('/', Path.DirectorySeparatorChar));
}
