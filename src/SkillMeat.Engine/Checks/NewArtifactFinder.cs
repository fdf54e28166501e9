using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Checks;

/// <summary>Finds artifacts in the usual containers of followed repositories that the collection does not have.</summary>
internal sealed class NewArtifactFinder(IUpstreamProvider upstream, Collection collection, ArtifactFilter filter, Uri gitHubServer)
{
    private readonly HashSet<ArtifactId> _known = collection.Artifacts.Select(a => a.Id).ToHashSet();

    /// <summary>Returns the containers to search: those at the root of the repository, and those that contain followed artifacts.</summary>
    public IReadOnlyList<ContainerQuestion> ContainersOf(RepositoryGroup group)
    {
        var types = ArtifactType.All.Where(t => t.Container is not null && (filter.Types.Count == 0 || filter.Types.Contains(t))).ToList();
        var parents = group.Artifacts.Select(a => (Path: TreePath.Parent(a.Source!.Path), a.Artifact.Id.Type)).Where(parent => parent.Path.Length > 0);
        return types.Select(t => (Path: t.Container!, Type: t)).Concat(parents).Distinct()
            .SelectMany(place => types.Where(t => TreePath.LastPart(place.Path) == t.Container || (t == place.Type && IsNested(place.Path, t))).Select(t => new ContainerQuestion(place.Path, t, group.SearchedRef)))
            .Distinct()
            .ToList();
    }

    // Commands and agents lie in folders of their container, too. The last name that is a container's decides.
    private static bool IsNested(string path, ArtifactType type) =>
        !type.IsFolder && path.Split('/').LastOrDefault(name => ArtifactType.All.Any(other => other.Container == name)) == type.Container;

    /// <summary>The first error that prevented reading a candidate; null if there was none.</summary>
    public UpstreamException? Error { get; private set; }

    /// <summary>Returns the entries of the containers that may be artifacts which the collection does not have.</summary>
    /// <param name="answers">The answers about the repositories.</param>
    /// <param name="answered">The answers about the artifacts that were asked about.</param>
    /// <param name="followed">The paths that the collection follows.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    public async Task<IReadOnlyList<NewCandidate>> FindCandidatesAsync(IReadOnlyList<RepositoryAnswer> answers, IEnumerable<AnsweredArtifact> answered, FollowedPaths followed, CancellationToken cancellationToken)
    {
        var present = answered.Where(one => one.Path is { Error: null, Exists: true } && !one.IsGone).ToDictionary(one => one.Tracked.Artifact.Id);
        var found = answers
            .SelectMany(answer => answer.Containers.SelectMany(c => c.Entries.Select(e => NewCandidate.From(answer.Question, c, e))))
            .OfType<NewCandidate>()
            .Where(c => filter.Matches(c.Id) && !followed.Contains(c.Repository, c.Path) && (!_known.Contains(c.Id) || IsBeside(c)))
            // A folder can be listed by itself and below its container.
            .DistinctBy(c => (c.Repository, c.Id, c.Path))
            .ToList();
        var hashes = await ReadHashesAsync([.. found.Where(c => _known.Contains(c.Id) && c.Repository.Kind == RepositoryKind.Folder)], cancellationToken).ConfigureAwait(false);
        return found.FindAll(c => !_known.Contains(c.Id) || IsAnother(c));

        // One of the same name beside one that is still at its place is another artifact, unless it is a copy of that. Elsewhere, it may be the same one from a second source.
        bool IsBeside(NewCandidate candidate) => present.TryGetValue(candidate.Id, out var one) && one.Tracked.Source!.Repository.Equals(candidate.Repository) && one.Tracked.Follows.Equals(candidate.Follows);

        bool IsAnother(NewCandidate candidate) => candidate.Repository.Kind == RepositoryKind.Folder
            ? hashes.TryGetValue(candidate, out var hash) && hash != present[candidate.Id].Path.Commit
            : candidate.ObjectId.Length > 0 && present[candidate.Id].Path.ObjectId is { } id && id != candidate.ObjectId;
    }

    // A folder on this machine has no ids. There, the hash of the content takes their place.
    private async Task<IReadOnlyDictionary<NewCandidate, string>> ReadHashesAsync(IReadOnlyList<NewCandidate> candidates, CancellationToken cancellationToken)
    {
        var hashes = new Dictionary<NewCandidate, string>();
        var groups = candidates.GroupBy(c => c.Repository).ToDictionary(group => group.Key, group => group.ToList());
        if (groups.Count == 0) return hashes;
        var questions = groups.Select(group => new RepositoryQuestion(
            group.Key, group.Value.ConvertAll(c => new PathQuestion(c.Path, c.Id.Type, c.Follows, BaseCommit: null, BaseContentHash: null, ManifestDetail.None)), [], WithFacts: false)).ToList();
        foreach (var answer in await upstream.AskAllAsync(questions, cancellationToken).ConfigureAwait(false))
        {
            foreach (var (candidate, path) in groups[answer.Question.Repository].Zip(answer.Paths))
            {
                if (path is { Error: null, Exists: true, Commit: { } hash }) hashes[candidate] = hash;
            }
        }

        return hashes;
    }

    /// <summary>Returns the candidates that are artifacts, with the results to report.</summary>
    public async Task<IReadOnlyList<(NewCandidate Candidate, ArtifactCheck Check)>> FindAsync(IReadOnlyList<NewCandidate> candidates, CancellationToken cancellationToken)
    {
        var doubtful = candidates.Where(c => c.MustBeRead).ToList();
        var described = await ReadDescribedAsync(doubtful, cancellationToken).ConfigureAwait(false);
        return [.. candidates.Where(c => !c.MustBeRead || described.Contains(c)).Select(c => (c, Check(c)))];
    }

    /// <summary>Gives several new artifacts of one name, or of one that the collection has, the names under which a list of the repository shows them.</summary>
    public IReadOnlyList<ArtifactCheck> Name(IReadOnlyList<(NewCandidate Candidate, ArtifactCheck Check)> found)
    {
        // One place at two refs is the same artifact.
        found = [.. found.DistinctBy(one => (one.Candidate.Repository, one.Candidate.Id.Type, one.Candidate.Path))];
        var names = new PlaceNames(_known).Of([.. found.Select(one => (new SourceSpec(one.Candidate.Repository, "", Version: null).Name, one.Candidate.Id.Type, one.Candidate.Path))]);
        return [.. found.Select((one, i) => one.Check with { Id = new ArtifactId(one.Candidate.Id.Type, names[i]) })];
    }

    private ArtifactCheck Check(NewCandidate candidate) => new(candidate.Id)
    {
        Collection = collection.Name,
        ChangeType = ChangeType.New,
        NewSha = candidate.Commit.Length == 0 ? null : candidate.Commit,
        Ref = candidate.Follows.ToString(),
        NewPath = candidate.Path,
        Spec = SourceSpec.Write(candidate.Repository, candidate.Path, candidate.Follows, gitHubServer),
        Reason = $"{candidate.Repository} has it, but the collection does not.",
    };

    /// <summary>Returns the folders that have a manifest file, and the files that have a name, which makes them artifacts.</summary>
    private async Task<HashSet<NewCandidate>> ReadDescribedAsync(List<NewCandidate> doubtful, CancellationToken cancellationToken)
    {
        if (doubtful.Count == 0)
        {
            return [];
        }

        var files = await upstream.ReadAsync(doubtful.Select(c => c.ManifestQuestion).ToList(), cancellationToken).ConfigureAwait(false);
        Error = files.Select(f => f.Error).FirstOrDefault(e => e is not null);
        return doubtful.Where((candidate, i) => files[i].File is { } file && (candidate.Id.Type.IsFolder || (file.Text is { } text && FrontMatterReader.Read(file.Path, text).Name is not null))).ToHashSet();
    }
}
