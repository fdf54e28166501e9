using System.Collections.Concurrent;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>
/// Determines the change of each artifact upstream. One round of questions covers all paths; a second one is sent only for repositories in which a
/// path is gone (it may have moved) or that contain something new (it may be an artifact). Those are also asked about the artifacts that the filter
/// leaves out, because a place that one of them moved to is neither new nor the new place of another one.
/// </summary>
/// <param name="upstream">Answers the questions.</param>
/// <param name="files">The collection's files.</param>
/// <param name="gitHubServer">The GitHub server that <c>owner/repo</c> refers to.</param>
/// <param name="fields">Names the fields that a refresh would change, or null.</param>
/// <param name="findsNew">Whether to search for artifacts that the collection does not have.</param>
internal sealed class UpdateChecker(
    IUpstreamProvider upstream, LocalFiles files, Uri gitHubServer, IChangedFields? fields, bool findsNew = true)
{
    /// <summary>The artifacts whose content upstream was found to hold no file that describes it: they may lie deeper in their folders now.</summary>
    public IReadOnlySet<ArtifactId> Lost { get; init; } = new HashSet<ArtifactId>();

    public async Task<(IReadOnlyList<ArtifactCheck> Checks, IReadOnlyList<UpstreamException> Problems)> CheckAsync(
        Collection collection,
        IReadOnlyList<TrackedArtifact> all,
        ArtifactFilter filter,
        CheckListener listener,
        CancellationToken cancellationToken)
    {
        var wanted = all.Where(a => filter.Matches(a.Artifact.Id)).ToList();
        var finder = new NewArtifactFinder(upstream, collection, filter, gitHubServer);
        // All followed repositories are searched for new artifacts, even those without an artifact of the requested type. If the filter names
        // artifacts, only theirs are searched.
        var round = MakeRound(RepositoryGroup.Of(filter.NamesArtifacts || !findsNew ? wanted : all), filter, finder);
        var counter = new AnswerCounter(listener, round.Count);

        counter.Report(wanted.Where(a => a.Source is null).Select(WithoutUpstream).ToList());
        var answers = await AskAsync(round, wanted, counter, cancellationToken).ConfigureAwait(false);
        var renamed = answers.Where(a => a.RenamedTo is not null).ToDictionary(a => a.Question.Repository, a => a.RenamedTo!);
        var followed = new FollowedPaths(all, renamed);
        var answered = answers.SelectMany(answer => Pair(round, answer)).ToList();
        var gone = answered.Where(a => a.IsGone).ToList();
        var candidates = await finder.FindCandidatesAsync(answers, answered, followed, cancellationToken).ConfigureAwait(false);
        var others = await AskOthersAsync(all.Where(a => !filter.Matches(a.Artifact.Id)), gone, candidates, cancellationToken).ConfigureAwait(false);
        // An artifact that was requested may be the one that moved, too; its error is reported with it.
        var known = others with { Unknown = UnknownIn(answers).Concat(others.Unknown).DistinctBy(pair => pair.Key).ToDictionary() };
        var added = await SearchAsync(gone, known, candidates, followed, finder, counter, cancellationToken).ConfigureAwait(false);

        // The error of a repository is reported with its artifacts; if none of them was requested, it is reported here.
        var failed = others.Unknown.Where(pair => candidates.Any(c => c.Repository.Equals(pair.Key))).Select(pair => pair.Value);
        var problems = answers.Where(a => a.Question.Paths.Count == 0).Select(a => a.Error).Concat(answers.Select(a => a.ContainersError)).Append(finder.Error).OfType<UpstreamException>().Concat(failed).ToList();
        return ([.. wanted.Select(a => counter.CheckOf(a.Artifact.Id)), .. added], problems);
    }

    /// <summary>Asks about the artifacts that the filter leaves out and that may have moved to where something new is, or to where a requested artifact seems to be now.</summary>
    private async Task<OtherArtifacts> AskOthersAsync(
        IEnumerable<TrackedArtifact> leftOut, IReadOnlyList<AnsweredArtifact> gone, IReadOnlyList<NewCandidate> candidates, CancellationToken cancellationToken)
    {
        var sought = gone.Select(a => (a.Tracked.Source!.Repository, a.Tracked.Artifact.Id.Type.IsFolder)).Concat(candidates.Select(c => (c.Repository, c.Id.Type.IsFolder))).ToHashSet();
        var round = new ArtifactRound();
        foreach (var group in RepositoryGroup.Of(leftOut.Where(a => a.Source is not null && sought.Contains((a.Source.Repository, a.Artifact.Id.Type.IsFolder)))))
        {
            round.Add(group.Repository, group.Artifacts, _ => ManifestDetail.None, [], withFacts: false);
        }

        var queue = new ConcurrentQueue<RepositoryAnswer>();
        await round.AskAsync(upstream, new AnswerCounter(CheckListener.Silent, round.Count), queue.Enqueue, cancellationToken).ConfigureAwait(false);
        var answers = round.InOrder(queue);
        return new OtherArtifacts(answers.SelectMany(round.Pair).Where(a => a.IsGone).ToList(), UnknownIn(answers));
    }

    /// <summary>Returns the repositories in which an artifact may or may not be at its path, with the error.</summary>
    private static Dictionary<RepositoryAddress, UpstreamException> UnknownIn(IEnumerable<RepositoryAnswer> answers) => answers
        .Select(a => (a.Question.Repository, Error: a.Error ?? a.Paths.Select(p => p.Error).FirstOrDefault(e => e is not null)))
        .Where(pair => pair.Error is not null)
        .ToDictionary(pair => pair.Repository, pair => pair.Error!);

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
        var answers = new ConcurrentQueue<RepositoryAnswer>();
        if (fields is null)
        {
            await round.AskAsync(
                upstream,
                counter,
                answer =>
                {
                    counter.Report(Pair(round, answer).Where(a => !a.IsGone).Select(ConcludePresent).ToList());
                    answers.Enqueue(answer);
                },
                cancellationToken).ConfigureAwait(false);
            return round.InOrder(answers);
        }

        await round.AskAsync(upstream, counter, answers.Enqueue, cancellationToken).ConfigureAwait(false);
        var ordered = round.InOrder(answers);
        var answered = ordered.SelectMany(answer => Pair(round, answer)).ToList();
        var changed = await fields.FindAsync(wanted, answered, cancellationToken).ConfigureAwait(false);
        counter.Report(answered.Where(a => !a.IsGone).Select(a => ConcludePresent(a) with { ChangedFields = changed.GetValueOrDefault(a.Tracked.Artifact.Id) }).ToList());
        return ordered;
    }

    // A link or file in place of a folder has lost nothing: it is what the artifact is now. Nor has an artifact that had no such file, as far as that is known.
    private IEnumerable<AnsweredArtifact> Pair(ArtifactRound round, RepositoryAnswer answer) => round.Pair(answer).Select(one =>
        Lost.Contains(one.Tracked.Artifact.Id) && one.Path is { Error: null, IsFolder: true, Changed: not false } && (IsBaseKnown(one) || files.ReadManifest(one.Tracked.Artifact) is not null)
            ? one with { Path = one.Path with { HasLostManifest = true } }
            : one);

    private static bool IsBaseKnown(AnsweredArtifact one) => one is { Path.BaseObjectId: not null, Tracked: { BaseCommit: not null, Source.Repository.Kind: not RepositoryKind.Folder } };

    /// <summary>Searches for moved and for new artifacts, and reports them.</summary>
    /// <returns>The new artifacts.</returns>
    private async Task<IReadOnlyList<ArtifactCheck>> SearchAsync(
        List<AnsweredArtifact> gone,
        OtherArtifacts others,
        IReadOnlyList<NewCandidate> candidates,
        FollowedPaths followed,
        NewArtifactFinder finder,
        AnswerCounter counter,
        CancellationToken cancellationToken)
    {
        var moving = ConcludeGoneAsync(gone, others, followed, counter, cancellationToken);
        var finding = finder.FindAsync(candidates.Where(c => !others.Unknown.ContainsKey(c.Repository)).ToList(), cancellationToken);
        // The caller disposes the session when this fails, so the other search must have ended by then.
        await Task.WhenAll(moving, finding).ConfigureAwait(false);
        var taken = await moving.ConfigureAwait(false);
        var added = finder.Name([.. (await finding.ConfigureAwait(false)).Where(n => !taken.Contains(followed.PlaceOf(n.Candidate.Repository, n.Candidate.Path)))]);
        counter.Report(added);
        return added;
    }

    /// <summary>Determines where artifacts moved to, and reports the requested ones.</summary>
    /// <returns>The places that artifacts moved to, requested or not.</returns>
    private async Task<IReadOnlySet<UpstreamPlace>> ConcludeGoneAsync(List<AnsweredArtifact> gone, OtherArtifacts others, FollowedPaths followed, AnswerCounter counter, CancellationToken cancellationToken)
    {
        List<AnsweredArtifact> all = [.. gone, .. others.Gone];
        var movedTo = await new MoveFinder(upstream, files, followed).FindAsync(all, cancellationToken).ConfigureAwait(false);
        counter.Report(gone.Select(a => ConcludeGone(a, TargetOf(a))).ToList());
        return all.Where(a => movedTo.GetValueOrDefault(a.Tracked.Artifact.Id) is { Path: not null })
            .Select(a => followed.PlaceOf(a.Tracked.Source!.Repository, movedTo[a.Tracked.Artifact.Id].Path!))
            .ToHashSet();

        // Without an answer about the others, a place may be another one's.
        MoveTarget? TargetOf(AnsweredArtifact one) => others.Unknown.TryGetValue(one.Tracked.Source!.Repository, out var error)
            ? new MoveTarget(Path: null, Reason: null, error)
            : movedTo.GetValueOrDefault(one.Tracked.Artifact.Id);
    }

    private static ArtifactCheck WithoutUpstream(TrackedArtifact tracked) => new(tracked.Artifact.Id)
    {
        Collection = tracked.Artifact.Collection,
        TagsImportedAt = tracked.Artifact.TagsImportedAt,
        ChangeType = ChangeType.Unknown,
        OldSha = tracked.Artifact.ResolvedSha,
        Identity = CheckedIdentity.Of(tracked.Artifact),
        Reason = tracked.Problem?.Message ?? "It has no upstream.",
        ErrorId = tracked.Problem?.ErrorId,
    };

    /// <summary>Returns the result for an artifact whose path is not gone.</summary>
    private ArtifactCheck ConcludePresent(AnsweredArtifact found)
    {
        var (tracked, _, path) = found;
        var check = found.BeginCheck();
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
        check = check with { ContentChanged = changed };
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

    private ArtifactCheck ConcludeGone(AnsweredArtifact found, MoveTarget? target)
    {
        var check = found.BeginCheck();
        var source = found.Tracked.Source!;
        return target switch
        {
            { Error: { } error } => check with { ChangeType = ChangeType.Unknown, Reason = $"'{source.Path}' is gone. Cannot determine whether it moved: {error.Message}", ErrorId = error.ErrorId },
            { Path: { } path } when path == source.Path => WithRisk(found, check with { ChangeType = ChangeType.Updated, Reason = target.Reason }),
            { Path: { } path } => WithRisk(found, check with { ChangeType = ChangeType.Moved, NewPath = path, Reason = target.Reason }),
            _ => check with
            {
                ChangeType = ChangeType.Deleted,
                // The folder is still there, and it is not known that the file was.
                IsDoubtful = target?.Reason is not null || (found.HasLostManifest && !IsBaseKnown(found)),
                Reason = $"'{(source.Path.Length == 0 ? source.Name : source.Path)}' {(found.HasLostManifest ? $"holds no {found.Tracked.Artifact.Id.Type} any more" : "is no longer")} in {source.Repository}."
                    + (target?.Reason is { } reason ? $" {reason}" : ""),
            },
        };
    }

    private static string WhyNotComparable(AnsweredArtifact found) => found.Tracked.BaseCommit is { } commit
        ? $"The commit {commit[..8]} that it was fetched at is no longer upstream"
        : "The commit that it was fetched at is not recorded";

    private ArtifactCheck WithRisk(AnsweredArtifact found, ArtifactCheck check) => check with { Drift = files.RiskOf(found.Tracked.Artifact) };
}
