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
    public IReadOnlyList<NewCandidate> FindCandidates(IReadOnlyList<RepositoryAnswer> answers, FollowedPaths followed) => answers
        .SelectMany(answer => answer.Containers.SelectMany(c => c.Entries.Select(e => NewCandidate.From(answer.Question, c, e))))
        .OfType<NewCandidate>()
        .Where(c => !_known.Contains(c.Id) && filter.Matches(c.Id) && !followed.Contains(c.Repository, c.Path))
        // A folder can be listed by itself and below its container.
        .DistinctBy(c => (c.Repository, c.Id, c.Path))
        .ToList();

    /// <summary>Returns the candidates that are artifacts, with the results to report.</summary>
    public async Task<IReadOnlyList<(NewCandidate Candidate, ArtifactCheck Check)>> FindAsync(IReadOnlyList<NewCandidate> candidates, CancellationToken cancellationToken)
    {
        var doubtful = candidates.Where(c => c.MustBeRead).ToList();
        var described = await ReadDescribedAsync(doubtful, cancellationToken).ConfigureAwait(false);
        return candidates.Where(c => !c.MustBeRead || described.Contains(c)).Select(c => (c, Check(c))).ToList();
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
