using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Upstream;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Checks;

/// <summary>
/// Determines the change of each artifact upstream. One round of questions covers all paths; a second one is sent only for repositories in which a
/// path is gone (it may have moved) or that contain something new (it may be an artifact).
/// </summary>
/// <param name="upstream">Answers the questions.</param>
/// <param name="cache">The front matter that has been read before.</param>
/// <param name="files">The collection's files.</param>
/// <param name="gitHubServer">The GitHub server that <c>owner/repo</c> refers to.</param>
/// <param name="fields">Names the fields that a refresh would change, or null.</param>
/// <param name="findsNew">Whether to search for artifacts that the collection does not have.</param>
internal sealed class UpdateChecker(
    IUpstreamProvider upstream, IFrontMatterCache cache, LocalFiles files, Uri gitHubServer, IChangedFields? fields, bool findsNew = true)
{
    public async Task<(IReadOnlyList<ArtifactCheck> Checks, IReadOnlyList<UpstreamException> Problems)> CheckAsync(
        Collection collection,
        IReadOnlyList<TrackedArtifact> all,
        ArtifactFilter filter,
        CheckListener listener,
        CancellationToken cancellationToken)
    {
        var wanted = all.Where(a => filter.Matches(a.Artifact.Id)).ToList();
        var followed = new FollowedPaths(all);
        var finder = new NewArtifactFinder(upstream, collection, filter, followed, gitHubServer);
        // All followed repositories are searched for new artifacts, even those without an artifact of the requested type. If the filter names
        // artifacts, only theirs are searched.
        var round = MakeRound(RepositoryGroup.Of(filter.NamesArtifacts || !findsNew ? wanted : all), filter, finder);
        var counter = new AnswerCounter(listener, round.Count);

        counter.Report(wanted.Where(a => a.Source is null).Select(WithoutUpstream).ToList());
        var answers = await AskAsync(round, wanted, counter, cancellationToken).ConfigureAwait(false);
        var added = await SearchAsync(answers.SelectMany(round.Pair).Where(a => a.IsGone).ToList(), answers, new MoveFinder(upstream, cache, followed), finder, counter, cancellationToken).ConfigureAwait(false);

        // The error of a repository is reported with its artifacts; if none of them was requested, it is reported here.
        var problems = answers.Where(a => a.Question.Paths.Count == 0).Select(a => a.Error).Concat(answers.Select(a => a.ContainersError)).Append(finder.Error).OfType<UpstreamException>().ToList();
        return ([.. wanted.Select(a => counter.CheckOf(a.Artifact.Id)), .. added], problems);
    }

    private ArtifactRound MakeRound(IReadOnlyList<RepositoryGroup> groups, ArtifactFilter filter, NewArtifactFinder finder)
    {
        var round = new ArtifactRound();
        foreach (var group in groups)
        {
            var wanted = group.Artifacts.Where(a => filter.Matches(a.Artifact.Id)).ToList();
            round.Add(
                group.Repository, wanted, fields is null ? _ => ManifestDetail.None : fields.DetailOf, findsNew ? finder.ContainersOf(group) : [], withFacts: fields is not null && wanted.Count > 0);
        }

        return round;
    }

    /// <summary>Asks, and concludes on the artifacts whose paths are not gone: as each repository answers, or if fields are wanted, after the missing texts have been read.</summary>
    private async Task<IReadOnlyList<RepositoryAnswer>> AskAsync(ArtifactRound round, List<TrackedArtifact> wanted, AnswerCounter counter, CancellationToken cancellationToken)
    {
        if (fields is null)
        {
            return await round.AskAsync(upstream, counter, found => counter.Report(found.Where(a => !a.IsGone).Select(ConcludePresent).ToList()), cancellationToken).ConfigureAwait(false);
        }

        var answers = await round.AskAsync(upstream, counter, _ => { }, cancellationToken).ConfigureAwait(false);
        var answered = answers.SelectMany(round.Pair).ToList();
        var changed = await fields.FindAsync(wanted, answered, cancellationToken).ConfigureAwait(false);
        counter.Report(answered.Where(a => !a.IsGone).Select(a => ConcludePresent(a) with { ChangedFields = changed.GetValueOrDefault(a.Tracked.Artifact.Id) }).ToList());
        return answers;
    }

    /// <summary>Searches for moved and for new artifacts, and reports them.</summary>
    /// <returns>The new artifacts.</returns>
    private async Task<IReadOnlyList<ArtifactCheck>> SearchAsync(
        List<AnsweredArtifact> gone, IReadOnlyList<RepositoryAnswer> answers, MoveFinder moves, NewArtifactFinder finder, AnswerCounter counter, CancellationToken cancellationToken)
    {
        var moving = ConcludeGoneAsync(gone, moves, counter, cancellationToken);
        var finding = finder.FindAsync(answers, cancellationToken);
        // The caller disposes the session when this fails, so the other search must have ended by then.
        await Task.WhenAll(moving, finding).ConfigureAwait(false);
        var taken = (await moving.ConfigureAwait(false)).Values.Select(t => t.Path).ToHashSet();
        var added = (await finding.ConfigureAwait(false)).Where(n => !taken.Contains(n.NewPath)).ToList();
        counter.Report(added);
        return added;
    }

    private async Task<IReadOnlyDictionary<ArtifactId, MoveTarget>> ConcludeGoneAsync(List<AnsweredArtifact> gone, MoveFinder moves, AnswerCounter counter, CancellationToken cancellationToken)
    {
        var movedTo = await moves.FindAsync(gone, cancellationToken).ConfigureAwait(false);
        counter.Report(gone.Select(a => ConcludeGone(a, movedTo)).ToList());
        return movedTo;
    }

    private static ArtifactCheck WithoutUpstream(TrackedArtifact tracked) => new(tracked.Artifact.Id)
    {
        Collection = tracked.Artifact.Collection,
        ChangeType = ChangeType.Unknown,
        OldSha = tracked.Artifact.ResolvedSha,
        Reason = tracked.Problem?.Message ?? "It has no upstream.",
        ErrorId = tracked.Problem?.ErrorId,
    };

    private static ArtifactCheck Begin(AnsweredArtifact found) => new(found.Tracked.Artifact.Id)
    {
        Collection = found.Tracked.Artifact.Collection,
        ChangeType = ChangeType.UpToDate,
        OldSha = found.Tracked.BaseCommit ?? (found.Tracked.Source!.Repository.Kind == RepositoryKind.Folder ? found.Tracked.Artifact.ContentHash : null),
        NewSha = NullIfEmpty(found.Path.Commit),
        NewTag = found.Path.Tag,
        Ref = found.Tracked.Follows.ToString(),
    };

    /// <summary>Returns the result for an artifact whose path is not gone.</summary>
    private ArtifactCheck ConcludePresent(AnsweredArtifact found)
    {
        var (tracked, _, path) = found;
        var check = Begin(found);
        if (path.Error is { } error)
        {
            return check with { ChangeType = ChangeType.Unknown, Reason = error.Message, ErrorId = error.ErrorId };
        }

        return path.Commit is not null ? Compare(found, check) : check with
        {
            ChangeType = ChangeType.Unknown,
            Reason = tracked.Follows.IsLatest ? "The repository is empty." : $"{tracked.Source!.Repository} has no tag, branch or commit '{tracked.Follows}'.",
            ErrorId = ErrorIds.UpstreamNotFound,
        };
    }

    private ArtifactCheck Compare(AnsweredArtifact found, ArtifactCheck check)
    {
        var changed = found.Path.Changed ?? files.CompareWithUpstream(found.Tracked.Artifact, found.Path.ObjectId);
        if (found.Answer.RenamedTo is { } renamed)
        {
            return WithRisk(found, check with
            {
                ChangeType = ChangeType.Moved,
                NewPath = found.Tracked.Source!.Path,
                NewRepository = renamed.Url!.AbsoluteUri,
                Reason = $"The repository is now {renamed}{(changed == true ? ", and the content changed" : "")}. Give the artifact that address as its upstream.",
            });
        }

        return changed switch
        {
            false => check,
            true => WithRisk(found, check with
            {
                ChangeType = ChangeType.Updated,
                Reason = found.Path.Changed is null ? $"{WhyNotComparable(found)}; its files are unmodified, and differ from upstream's." : null,
            }),
            null => check with { ChangeType = ChangeType.Unknown, Reason = $"{WhyNotComparable(found)}, and its files cannot be compared with upstream's." },
        };
    }

    private ArtifactCheck ConcludeGone(AnsweredArtifact found, IReadOnlyDictionary<ArtifactId, MoveTarget> movedTo)
    {
        var check = Begin(found);
        if (!movedTo.TryGetValue(found.Tracked.Artifact.Id, out var target))
        {
            return check with { ChangeType = ChangeType.Deleted, Reason = $"'{found.Tracked.Source!.Path}' is no longer in {found.Tracked.Source.Repository}." };
        }

        return target.Error is { } error
            ? check with { ChangeType = ChangeType.Unknown, Reason = $"'{found.Tracked.Source!.Path}' is gone. Cannot determine whether it moved: {error.Message}", ErrorId = error.ErrorId }
            : WithRisk(found, check with { ChangeType = ChangeType.Moved, NewPath = target.Path, Reason = target.Reason });
    }

    private static string WhyNotComparable(AnsweredArtifact found) => found.Tracked.BaseCommit is { } commit
        ? $"The commit {commit[..8]} that it was fetched at is no longer upstream"
        : "The commit that it was fetched at is not recorded";

    /// <summary>Once the path is gone, a folder upstream has no commit to report.</summary>
    private static string? NullIfEmpty(string? commit) => string.IsNullOrEmpty(commit) ? null : commit;

    private ArtifactCheck WithRisk(AnsweredArtifact found, ArtifactCheck check) => check with { Drift = files.RiskOf(found.Tracked.Artifact) };
}
