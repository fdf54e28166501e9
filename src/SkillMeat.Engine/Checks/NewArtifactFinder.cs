using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>Finds artifacts in the usual containers of followed repositories that the collection does not have.</summary>
internal sealed class NewArtifactFinder(IUpstreamProvider upstream, Collection collection, ArtifactFilter filter, FollowedPaths followed, Uri gitHubServer)
{
    private readonly HashSet<ArtifactId> _known = collection.Artifacts.Select(a => a.Id).ToHashSet();

    /// <summary>Returns the containers to search: those at the root of the repository, and those that contain followed artifacts.</summary>
    public IReadOnlyList<ContainerQuestion> ContainersOf(RepositoryGroup group)
    {
        var types = ArtifactType.All.Where(t => t.Container is not null && (filter.Types.Count == 0 || filter.Types.Contains(t))).ToList();
        var parents = group.Artifacts.Select(a => TreePath.Parent(a.Source!.Path)).Where(p => p.Length > 0);
        return types.Select(t => t.Container!).Concat(parents).Distinct(StringComparer.Ordinal)
            .SelectMany(path => types.Where(t => TreePath.LastPart(path) == t.Container).Select(t => new ContainerQuestion(path, t, group.SearchedRef)))
            .ToList();
    }

    /// <summary>The first error that prevented reading a candidate; null if there was none.</summary>
    public UpstreamException? Error { get; private set; }

    public async Task<IReadOnlyList<ArtifactCheck>> FindAsync(IReadOnlyList<RepositoryAnswer> answers, CancellationToken cancellationToken)
    {
        var candidates = answers
            .SelectMany(answer => answer.Containers.SelectMany(c => c.Entries.Select(e => Candidate.From(answer.Question, c, e))))
            .OfType<Candidate>()
            .Where(c => !_known.Contains(c.Id) && filter.Matches(c.Id) && !followed.Contains(c.Repository, c.Path))
            .ToList();
        var folders = candidates.Where(c => c.Id.Type.IsFolder).ToList();
        var described = await ReadDescribedAsync(folders, cancellationToken).ConfigureAwait(false);
        return candidates
            .Where(c => !c.Id.Type.IsFolder || described.Contains(c))
            .DistinctBy(c => c.Id)
            .Select(c => new ArtifactCheck(c.Id)
            {
                Collection = collection.Name,
                ChangeType = ChangeType.New,
                NewSha = c.Commit.Length == 0 ? null : c.Commit,
                Ref = c.Follows.ToString(),
                NewPath = c.Path,
                Spec = SourceSpec.Write(c.Repository, c.Path, c.Follows, gitHubServer),
                Reason = $"{c.Repository} has it, but the collection does not.",
            })
            .ToList();
    }

    /// <summary>Returns the folders that have a manifest file, which makes them artifacts.</summary>
    private async Task<HashSet<Candidate>> ReadDescribedAsync(List<Candidate> folders, CancellationToken cancellationToken)
    {
        if (folders.Count == 0)
        {
            return [];
        }

        var files = await upstream.ReadAsync(folders.Select(c => c.ManifestQuestion).ToList(), cancellationToken).ConfigureAwait(false);
        Error = files.Select(f => f.Error).FirstOrDefault(e => e is not null);
        return folders.Where((_, i) => files[i].File is not null).ToHashSet();
    }

    private sealed record Candidate(RepositoryAddress Repository, ArtifactId Id, string Path, string Commit, RefSpec Follows)
    {
        public FileQuestion ManifestQuestion => new(Repository, Commit, Id.Type.ManifestFiles.Select(f => $"{Path}/{f}").ToList(), WithText: false);

        public static Candidate? From(RepositoryQuestion question, ContainerAnswer container, TreeItem entry)
        {
            var type = container.Question.Type;
            if (entry.IsFolder != type.IsFolder || (!type.IsFolder && !IsArtifactFile(entry.Name)))
            {
                return null;
            }

            var name = type.NameAt(entry.Path);
            return ArtifactId.DescribeBadName(name) is null
                ? new Candidate(question.Repository, new ArtifactId(type, name), entry.Path, container.Commit, container.Question.Follows)
                : null;
        }

        private static bool IsArtifactFile(string name) =>
            name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && !name.Equals("README.md", StringComparison.OrdinalIgnoreCase);
    }
}
