using SkillMeat.Upstream;

namespace SkillMeat.Refresh;

/// <summary>One round of questions about artifacts: one for each repository, whose answer is paired with the artifacts that it is about.</summary>
internal sealed class ArtifactRound
{
    private readonly List<RepositoryQuestion> _questions = [];
    private readonly Dictionary<RepositoryAddress, IReadOnlyList<TrackedArtifact>> _artifacts = [];

    /// <summary>How many repositories are asked.</summary>
    public int Count => _questions.Count;

    /// <summary>Adds the question about a repository.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="artifacts">The artifacts that are asked about.</param>
    /// <param name="detailOf">How much is wanted of an artifact's manifest file.</param>
    /// <param name="containers">The folders whose entries are wanted.</param>
    /// <param name="withFacts">Whether the repository's own description and so on are wanted.</param>
    public void Add(
        RepositoryAddress repository, IReadOnlyList<TrackedArtifact> artifacts, Func<TrackedArtifact, ManifestDetail> detailOf, IReadOnlyList<ContainerQuestion> containers, bool withFacts)
    {
        _questions.Add(new RepositoryQuestion(repository, artifacts.Select(a => a.Ask(detailOf(a))).ToList(), containers, withFacts));
        _artifacts.Add(repository, artifacts);
    }

    /// <summary>Asks.</summary>
    /// <param name="upstream">What is asked.</param>
    /// <param name="counter">Counts the answers.</param>
    /// <param name="answered">Told of a repository's artifacts as soon as it has answered, from any thread.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<IReadOnlyList<RepositoryAnswer>> AskAsync(
        IUpstreamProvider upstream, AnswerCounter counter, Action<IEnumerable<AnsweredArtifact>> answered, CancellationToken cancellationToken) =>
        Count == 0 ? [] : await upstream.AskAsync(
            _questions,
            answer =>
            {
                answered(Pair(answer));
                counter.CountOne();
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>The artifacts that an answer is about, each with what was said of it.</summary>
    public IEnumerable<AnsweredArtifact> Pair(RepositoryAnswer answer) => _artifacts[answer.Question.Repository]
        .Select((tracked, i) => new AnsweredArtifact(tracked, answer, answer.Error is null ? answer.Paths[i] : new PathAnswer { Error = answer.Error }));
}
