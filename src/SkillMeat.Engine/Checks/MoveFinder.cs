using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>
/// Finds moved artifacts in their repositories: by the same tree or blob id, else by the file that describes them, of which at least half must be the same, as git measures it. What was at a place
/// at the recorded commit already did not move there. If upstream no longer has that commit, or is a folder, it is not known what was there, so similar artifacts must have the same name too.
/// </summary>
internal sealed class MoveFinder(IUpstreamProvider upstream, LocalFiles files, FollowedPaths followed)
{
    /// <summary>Finds the new places.</summary>
    /// <param name="gone">The artifacts that are no longer at their paths: all of their repositories, so that each place goes to the one that matches it best.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <returns>The results by artifact. An artifact that no place matches is absent.</returns>
    public async Task<IReadOnlyDictionary<ArtifactId, MoveTarget>> FindAsync(IReadOnlyList<AnsweredArtifact> gone, CancellationToken cancellationToken)
    {
        if (gone.Count == 0)
        {
            return new Dictionary<ArtifactId, MoveTarget>();
        }

        var byTree = gone.GroupBy(g => new TreeQuestion(g.Tracked.Source!.Repository, g.Path.Commit!)).ToDictionary(g => g.Key, g => g.ToList());
        var bases = gone.Where(IsBaseKnown).Select(BaseOf).Distinct().Except(byTree.Keys).ToList();
        var manifests = gone.ToDictionary(one => one, one => files.FindManifests(one.Tracked.Artifact), ReferenceEqualityComparer.Instance as IEqualityComparer<AnsweredArtifact>);
        var trees = (await upstream.ListAsync([.. byTree.Keys, .. bases], cancellationToken).ConfigureAwait(false)).ToDictionary(tree => tree.Question);
        // A commit that is gone will never be known, unlike one that cannot be read now.
        var searches = byTree.Select(pair => new MoveSearch(
            trees[pair.Key], pair.Value, followed, one => IsBaseKnown(one) && trees[BaseOf(one)] is { Error: not { ErrorId: ErrorIds.UpstreamNotFound } } tree ? tree : null, one => manifests[one])).ToList();
        var targets = new Dictionary<ArtifactId, MoveTarget>();
        foreach (var (id, target) in searches.SelectMany(search => search.TakeStillThere())) targets[id] = target;
        var assignment = new MoveAssignment(followed);
        assignment.Assign(searches.SelectMany(search => search.FindSameContent(one => one.Path.BaseObjectId ?? files.FindFetchedId(one.Tracked.Artifact))), "The same content is at another path.");
        searches.ForEach(search => search.SeekSimilar(assignment.IsDecided));
        await ReadTextsAsync(searches, cancellationToken).ConfigureAwait(false);
        assignment.Assign(searches.SelectMany(search => search.FindSimilar()), "An artifact of the same type is at another path, and at least half of it is the same; its content changed too.");
        Conclude(gone, searches, assignment, targets);
        return targets;
    }

    private static bool IsBaseKnown(AnsweredArtifact one) => one.Path.BaseObjectId is not null && one.Tracked is { BaseCommit: not null, Source.Repository.Kind: not RepositoryKind.Folder };

    private static TreeQuestion BaseOf(AnsweredArtifact one) => new(one.Tracked.Source!.Repository, one.Tracked.BaseCommit!);

    /// <summary>An artifact that was not found counts as deleted, unless a list of files is incomplete or a candidate could not be read.</summary>
    private static void Conclude(IReadOnlyList<AnsweredArtifact> gone, List<MoveSearch> searches, MoveAssignment assignment, Dictionary<ArtifactId, MoveTarget> targets)
    {
        foreach (var id in gone.Select(one => one.Tracked.Artifact.Id))
        {
            if (assignment.Find(id) is { } target) targets[id] = target;
        }

        foreach (var (search, id) in searches.Where(search => search.Error is not null).SelectMany(search => search.Sought.Select(id => (search, id))))
        {
            if (!assignment.HasMoved(id)) targets[id] = new MoveTarget(Path: null, Reason: null, search.Error);
        }
    }

    /// <summary>Reads the texts of all candidates, and of what is sought at its recorded commit, in one request. If that commit is not known, the local file stands for it.</summary>
    private async Task ReadTextsAsync(List<MoveSearch> searches, CancellationToken cancellationToken)
    {
        var questions = new List<(FileQuestion Question, MoveSearch Search, Action<MoveText> Keep)>();
        foreach (var search in searches.Where(search => search.Candidates.Count > 0))
        {
            foreach (var one in search.Gone)
            {
                var paths = search.ManifestPathsOf(one);
                if (search.HasBase(one)) questions.Add((new FileQuestion(one.Tracked.Source!.Repository, one.Tracked.BaseCommit!, paths) { IsWhole = true }, search, text => search.Know(one, text)));
                else if (files.ReadManifest(one.Tracked.Artifact) is var (name, bytes)) search.Know(one, MoveText.Of(name, bytes));
            }

            questions.AddRange(search.Candidates.Select(candidate => (search.QuestionOf(candidate), search, (Action<MoveText>)(text => search.Know(candidate, text)))));
        }

        if (questions.Count == 0) return;
        var readings = await upstream.ReadAsync(questions.ConvertAll(one => one.Question), cancellationToken).ConfigureAwait(false);
        foreach (var ((_, search, keep), reading) in questions.Zip(readings))
        {
            if (reading.Error is { } error) search.Fail(error);
            else if (reading.File is { Text: { } text } file) keep(MoveText.Of(file.Path, text));
        }
    }
}
