using System.Collections.Concurrent;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Upstream;

namespace SkillMeat.Browsing;

/// <summary>Finds the artifacts of a collection that follow a listed repository under an earlier name of it.</summary>
/// <param name="provider">Tells the current name of a repository.</param>
/// <param name="tracked">The artifacts of the collection. Each has a source.</param>
internal sealed class RenamedRepositories(IUpstreamProvider provider, IReadOnlyList<TrackedArtifact> tracked)
{
    private readonly Dictionary<ArtifactId, PathAnswer> _answers = [];

    /// <summary>The answers about the artifacts that were asked about on the way.</summary>
    public IReadOnlyDictionary<ArtifactId, PathAnswer> Answers => _answers;

    /// <summary>Asks about the repositories from which artifacts come that are called like those that seem to be new. Only a repository that is asked about tells that it has another name now.</summary>
    /// <param name="unknown">The places that seem to be new.</param>
    /// <param name="known">The repositories whose current addresses are known.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    /// <returns>The current addresses of those that have been renamed.</returns>
    public async Task<IReadOnlyDictionary<RepositoryAddress, RepositoryAddress>> FindAsync(IReadOnlyList<DescribedPlace> unknown, IReadOnlyCollection<RepositoryAddress> known, CancellationToken cancellationToken)
    {
        var places = unknown.Where(one => one.Listing.Source.Repository.Kind == RepositoryKind.GitHub).Select(one => (one.Listing.Source.Repository.Url!.Authority, one.Place.Type, one.Place.Path)).ToHashSet();
        if (places.Count == 0) return new Dictionary<RepositoryAddress, RepositoryAddress>();
        var groups = tracked.Where(one => one.Source!.Repository.Kind == RepositoryKind.GitHub && !known.Contains(one.Source.Repository) && places.Contains((one.Source.Repository.Url!.Authority, one.Artifact.Id.Type, one.Source.Path)))
            .GroupBy(one => one.Source!.Repository).ToList();
        var round = new ArtifactRound();
        foreach (var group in groups) round.Add(group.Key, [.. group], _ => ManifestDetail.None, [], withFacts: false);
        var found = new ConcurrentQueue<RepositoryAnswer>();
        await round.AskAsync(provider, new AnswerCounter(CheckListener.Silent, round.Count), found.Enqueue, cancellationToken).ConfigureAwait(false);
        foreach (var one in found.SelectMany(round.Pair)) _answers[one.Tracked.Artifact.Id] = one.Path;
        return found.Where(answer => answer.RenamedTo is not null).ToDictionary(answer => answer.Question.Repository, answer => answer.RenamedTo!);
    }
}
