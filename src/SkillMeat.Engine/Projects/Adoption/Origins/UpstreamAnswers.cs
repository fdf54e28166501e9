using SkillMeat.Collections;
using SkillMeat.Upstream;

namespace SkillMeat.Projects.Adoption.Origins;

/// <summary>Answers from upstream about the places that copies may come from. Immutable.</summary>
internal sealed class UpstreamAnswers
{
    /// <summary>No answers, because nobody was asked.</summary>
    public static readonly UpstreamAnswers None = new([], []);

    private readonly Dictionary<(RepositoryAddress Repository, string Path, RefSpec Follows), PathAnswer> _answers;

    private UpstreamAnswers(Dictionary<(RepositoryAddress Repository, string Path, RefSpec Follows), PathAnswer> answers, IReadOnlyList<string> warnings)
    {
        _answers = answers;
        Warnings = warnings;
    }

    /// <summary>The repositories that did not answer, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Asks upstream, with one batch of questions. A repository that does not answer is a warning.</summary>
    /// <param name="session">The session.</param>
    /// <param name="places">The places.</param>
    /// <param name="cancellationToken">Cancels the questions.</param>
    public static async Task<UpstreamAnswers> AskAsync(UpstreamSession session, IReadOnlyCollection<(SourceSpec Source, RefSpec Follows, ArtifactType Type)> places, CancellationToken cancellationToken)
    {
        var groups = places.Distinct().GroupBy(one => one.Source.Repository).ToDictionary(group => group.Key, group => group.ToList());
        if (groups.Count == 0) return None;
        var questions = groups.Select(group => new RepositoryQuestion(group.Key, group.Value.ConvertAll(Ask), [], WithFacts: false)).ToList();
        var (answers, warnings) = (new Dictionary<(RepositoryAddress, string, RefSpec), PathAnswer>(), new List<string>());
        foreach (var answer in await session.Provider.AskAllAsync(questions, cancellationToken).ConfigureAwait(false))
        {
            if ((answer.Error ?? answer.Paths.Select(path => path.Error).FirstOrDefault(error => error is not null)) is { } error) warnings.Add(error.Message);
            if (answer.Error is not null) continue;
            foreach (var (one, path) in groups[answer.Question.Repository].Zip(answer.Paths)) answers[(one.Source.Repository, one.Source.Path, one.Follows)] = path;
        }

        return new UpstreamAnswers(answers, warnings);
    }

    /// <summary>Returns what is at a place upstream now, or null if that is not known.</summary>
    public (string Commit, string? Tag, string ObjectId)? Find(SourceSpec source, RefSpec follows) =>
        _answers.GetValueOrDefault((source.Repository, source.Path, follows)) is { Error: null, Exists: true, Commit: { } commit, ObjectId: { } id } answer ? (commit, answer.Tag, id) : null;

    private static PathQuestion Ask((SourceSpec Source, RefSpec Follows, ArtifactType Type) place) =>
        new(place.Source.Path, place.Type, place.Follows, BaseCommit: null, BaseContentHash: null, ManifestDetail.None) { NeedsContentHash = false };
}
