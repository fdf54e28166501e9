using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>One round of questions about artifacts: one question for each repository, and its answer paired with the artifacts of that repository.</summary>
internal sealed class ArtifactRound
{
    private readonly List<RepositoryQuestion> _questions = [];
    private readonly Dictionary<RepositoryAddress, IReadOnlyList<TrackedArtifact>> _artifacts = [];
    private readonly Dictionary<RepositoryAddress, int> _order = [];

    /// <summary>The number of repositories.</summary>
    public int Count => _questions.Count;

    /// <summary>Adds the question about a repository.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="artifacts">The artifacts of the repository.</param>
    /// <param name="detailOf">Returns how much to read of an artifact's manifest file.</param>
    /// <param name="containers">The folders to list.</param>
    /// <param name="withFacts">Whether to read the repository's description and other facts.</param>
    public void Add(
        RepositoryAddress repository, IReadOnlyList<TrackedArtifact> artifacts, Func<TrackedArtifact, ManifestDetail> detailOf, IReadOnlyList<ContainerQuestion> containers, bool withFacts)
    {
        _questions.Add(new RepositoryQuestion(repository, [.. artifacts.Select(a => a.Ask(detailOf(a))), .. artifacts.SelectMany(a => a.AskLinked())], containers, withFacts));
        _artifacts.Add(repository, artifacts);
        _order.Add(repository, _order.Count);
    }

    /// <summary>Sends all questions.</summary>
    /// <param name="upstream">The provider that answers the questions.</param>
    /// <param name="counter">Counts the answers.</param>
    /// <param name="answered">Called with the answer about a repository as soon as it arrives, from any thread.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public Task AskAsync(IUpstreamProvider upstream, AnswerCounter counter, Action<RepositoryAnswer> answered, CancellationToken cancellationToken) =>
        Count == 0 ? Task.CompletedTask : upstream.AskAsync(
            _questions,
            answer =>
            {
                answered(answer);
                counter.CountOne();
            },
            cancellationToken);

    /// <summary>Sorts answers by the order of the questions, so that no result depends on which repository answers first.</summary>
    public IReadOnlyList<RepositoryAnswer> InOrder(IEnumerable<RepositoryAnswer> answers) => answers.OrderBy(answer => _order[answer.Question.Repository]).ToList();

    /// <summary>Pairs an answer with its artifacts.</summary>
    public IEnumerable<AnsweredArtifact> Pair(RepositoryAnswer answer)
    {
        var artifacts = _artifacts[answer.Question.Repository];
        var linked = artifacts.Count;
        for (var i = 0; i < artifacts.Count; i++)
        {
            if (answer.Error is not null)
            {
                yield return new AnsweredArtifact(artifacts[i], answer, new PathAnswer { Error = answer.Error });
                continue;
            }

            var count = artifacts[i].Artifact.LinkedPaths.Count;
            yield return new AnsweredArtifact(artifacts[i], answer, Combine(answer.Paths[i], [.. answer.Paths.Skip(linked).Take(count)]));
            linked += count;
        }
    }

    /// <summary>Combines the answer about an artifact with those about what its links lead to: it has changed if any of that has.</summary>
    public static PathAnswer Combine(PathAnswer own, IReadOnlyList<PathAnswer> linked)
    {
        // An artifact that is reached through a link has nothing at its own path, then and now.
        if (own is { Error: null, Exists: false, Changed: false } && linked.Count > 0) own = own with { Exists = true };
        foreach (var other in linked)
        {
            if (own.Error is not null || !own.Exists || own.Changed == true) return own;
            if (other.Error is { } error) return own with { Error = error };
            if (other.Changed is not false) own = own with { Changed = other.Changed };
        }

        return own;
    }
}
