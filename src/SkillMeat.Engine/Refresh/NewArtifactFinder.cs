using SkillMeat.Collections;
using SkillMeat.Upstream;

namespace SkillMeat.Refresh;

/// <summary>Finds artifacts that a followed repository has in the usual containers and the collection does not.</summary>
internal sealed class NewArtifactFinder(IUpstreamProvider upstream, Collection collection, ArtifactFilter filter)
{
    private readonly HashSet<ArtifactId> _known = collection.Artifacts.Select(a => a.Id).ToHashSet();

    /// <summary>The containers at the repository's root, and those that followed artifacts lie in.</summary>
    public IReadOnlyList<ContainerQuestion> ContainersOf(RepositoryGroup group)
    {
        var types = ArtifactType.All.Where(t => t.Container is not null && (filter.Types.Count == 0 || filter.Types.Contains(t))).ToList();
        var parents = group.Artifacts.Select(a => Parent(a.Source!.Path)).Where(p => p.Length > 0);
        return types.Select(t => t.Container!).Concat(parents).Distinct(StringComparer.Ordinal)
            .SelectMany(path => types.Where(t => LastPart(path) == t.Container).Select(t => new ContainerQuestion(path, t, group.SearchedRef)))
            .ToList();
    }

    public async Task<IReadOnlyList<ArtifactCheck>> FindAsync(IReadOnlyList<RepositoryAnswer> answers, CancellationToken cancellationToken)
    {
        var candidates = answers
            .SelectMany(answer => answer.Containers.SelectMany(c => c.Entries.Select(e => Candidate.From(answer.Question, c, e))))
            .OfType<Candidate>()
            .Where(c => !_known.Contains(c.Id) && filter.Matches(c.Id) && !c.IsFollowed)
            .ToList();
        var folders = candidates.Where(c => c.Id.Type.IsFolder).ToList();
        var described = await ReadDescribedAsync(folders, cancellationToken).ConfigureAwait(false);
        return candidates
            .Where(c => !c.Id.Type.IsFolder || described.Contains(c))
            .DistinctBy(c => c.Id)
            .Select(c => new ArtifactCheck
            {
                ArtifactId = c.Id,
                Collection = collection.Name,
                ChangeType = ChangeType.New,
                UpstreamSha = c.Commit.Length == 0 ? null : c.Commit,
                Ref = c.Follows.ToString(),
                NewPath = c.Path,
                Reason = $"{c.Repository} has it, the collection does not.",
            })
            .ToList();
    }

    /// <summary>A folder in a container is an artifact when it has the file that describes one.</summary>
    private async Task<HashSet<Candidate>> ReadDescribedAsync(List<Candidate> folders, CancellationToken cancellationToken)
    {
        if (folders.Count == 0)
        {
            return [];
        }

        // A folder that could not be read is not reported: what is new is an extra, and the next check finds it.
        var files = await upstream.ReadAsync(folders.Select(c => c.ManifestQuestion).ToList(), cancellationToken).ConfigureAwait(false);
        return folders.Where((_, i) => files[i].File is not null).ToHashSet();
    }

    private static string Parent(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";

    private static string LastPart(string path) => path[(path.LastIndexOf('/') + 1)..];

    private sealed record Candidate(RepositoryAddress Repository, ArtifactId Id, string Path, string Commit, RefSpec Follows, bool IsFollowed)
    {
        public FileQuestion ManifestQuestion => new(Repository, Commit, Id.Type.ManifestFiles.Select(f => $"{Path}/{f}").ToList());

        public static Candidate? From(RepositoryQuestion question, ContainerAnswer container, TreeItem entry)
        {
            var type = container.Question.Type;
            if (entry.IsFolder != type.IsFolder || (!type.IsFolder && !IsArtifactFile(entry.Name)))
            {
                return null;
            }

            var name = type.IsFolder ? entry.Name : System.IO.Path.GetFileNameWithoutExtension(entry.Name);
            return ArtifactId.DescribeBadName(name) is null
                ? new Candidate(question.Repository, new ArtifactId(type, name), entry.Path, container.Commit, container.Question.Follows, question.Paths.Any(p => p.Path == entry.Path))
                : null;
        }

        private static bool IsArtifactFile(string name) =>
            name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && !name.Equals("README.md", StringComparison.OrdinalIgnoreCase);
    }
}
