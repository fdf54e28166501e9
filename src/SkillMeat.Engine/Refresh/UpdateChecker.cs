using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Upstream;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Refresh;

/// <summary>
/// Finds out what upstream did to each artifact. One round of questions about all paths; a second one only for repositories in which a path is gone
/// (where did it move to?) or in which there is something the collection does not have (is it an artifact?).
/// </summary>
internal sealed class UpdateChecker(IUpstreamProvider upstream, IFrontMatterCache cache, LocalFiles files)
{
    public async Task<(IReadOnlyList<ArtifactCheck> Checks, IReadOnlyList<UpstreamException> Problems)> CheckAsync(
        Collection collection,
        IReadOnlyList<TrackedArtifact> all,
        ArtifactFilter filter,
        CancellationToken cancellationToken)
    {
        var wanted = all.Where(a => filter.Matches(a.Artifact.Id)).ToList();
        var followed = new FollowedPaths(all);
        // What is new is looked for in every followed repository, even if none of its artifacts is of the type that was asked for.
        // Somebody who names artifacts wants to hear about those.
        var groups = RepositoryGroup.Of(filter.NamePatterns.Count == 0 ? all : wanted);
        var finder = new NewArtifactFinder(upstream, collection, filter, followed);
        var wantedOf = groups.ToDictionary(g => g.Repository, g => g.Artifacts.Where(a => filter.Matches(a.Artifact.Id)).ToList());
        var questions = groups
            .Select(g => new RepositoryQuestion(g.Repository, wantedOf[g.Repository].Select(a => a.Ask(ManifestDetail.None)).ToList(), finder.ContainersOf(g), WithFacts: false))
            .ToList();

        var answers = questions.Count == 0 ? [] : await upstream.AskAsync(questions, cancellationToken).ConfigureAwait(false);
        var found = answers.SelectMany(a => Pair(wantedOf[a.Question.Repository], a)).ToDictionary(p => p.Tracked.Artifact.Id);

        var moves = new MoveFinder(upstream, cache, followed).FindAsync(found.Values.Where(p => p.IsGone).ToList(), cancellationToken);
        var newOnes = finder.FindAsync(answers, cancellationToken);
        var movedTo = await moves.ConfigureAwait(false);

        var checks = wanted.Select(a => a.Source is null ? WithoutUpstream(a) : Conclude(found[a.Artifact.Id], movedTo)).ToList();
        var taken = movedTo.Values.Select(t => t.Path).ToHashSet();
        checks.AddRange((await newOnes.ConfigureAwait(false)).Where(n => !taken.Contains(n.NewPath)));

        // An error of a repository shows in its artifacts; where none of them was asked for, it shows here.
        var problems = answers.Where(a => a.Question.Paths.Count == 0).Select(a => a.Error).Append(finder.Error).OfType<UpstreamException>().ToList();
        return (checks, problems);
    }

    private static IEnumerable<AnsweredArtifact> Pair(IReadOnlyList<TrackedArtifact> artifacts, RepositoryAnswer answer) =>
        artifacts.Select((tracked, i) => new AnsweredArtifact(tracked, answer, answer.Error is null ? answer.Paths[i] : new PathAnswer { Error = answer.Error }));

    private static ArtifactCheck WithoutUpstream(TrackedArtifact tracked) => new()
    {
        ArtifactId = tracked.Artifact.Id,
        Collection = tracked.Artifact.Collection,
        ChangeType = ChangeType.Unknown,
        CurrentSha = tracked.Artifact.ResolvedSha,
        Reason = tracked.Problem?.Message ?? "It has no upstream.",
        ErrorId = tracked.Problem?.ErrorId,
    };

    private ArtifactCheck Conclude(AnsweredArtifact found, IReadOnlyDictionary<ArtifactId, MoveTarget> movedTo)
    {
        var (tracked, _, path) = found;
        var check = new ArtifactCheck
        {
            ArtifactId = tracked.Artifact.Id,
            Collection = tracked.Artifact.Collection,
            ChangeType = ChangeType.UpToDate,
            CurrentSha = tracked.BaseCommit ?? (tracked.Source!.Repository.Kind == RepositoryKind.Folder ? tracked.Artifact.ContentHash : null),
            UpstreamSha = NullIfEmpty(path.Commit),
            Ref = tracked.Follows.ToString(),
        };

        if (path.Error is { } error)
        {
            return check with { ChangeType = ChangeType.Unknown, Reason = error.Message, ErrorId = error.ErrorId };
        }

        if (path.Commit is null)
        {
            return check with
            {
                ChangeType = ChangeType.Unknown,
                Reason = tracked.Follows.IsLatest ? "The repository is empty." : $"{tracked.Source!.Repository} has no tag, branch or commit '{tracked.Follows}'.",
                ErrorId = ErrorIds.UpstreamNotFound,
            };
        }

        return path.Exists ? ConcludePresent(found, check) : ConcludeGone(found, check, movedTo);
    }

    private ArtifactCheck ConcludePresent(AnsweredArtifact found, ArtifactCheck check)
    {
        var changed = found.Path.Changed ?? files.TellIfChanged(found.Tracked.Artifact, found.Path.ObjectId);
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
                Reason = found.Path.Changed is null ? $"{WhyUntold(found)}; its files, as they were fetched, differ from upstream's." : null,
            }),
            null => check with { ChangeType = ChangeType.Unknown, Reason = $"{WhyUntold(found)}, and its files don't tell either." },
        };
    }

    private ArtifactCheck ConcludeGone(AnsweredArtifact found, ArtifactCheck check, IReadOnlyDictionary<ArtifactId, MoveTarget> movedTo)
    {
        if (!movedTo.TryGetValue(found.Tracked.Artifact.Id, out var target))
        {
            return check with { ChangeType = ChangeType.Deleted, Reason = $"'{found.Tracked.Source!.Path}' is no longer in {found.Tracked.Source.Repository}." };
        }

        return target.Error is { } error
            ? check with { ChangeType = ChangeType.Unknown, Reason = $"'{found.Tracked.Source!.Path}' is gone, and whether it moved can't be told: {error.Message}", ErrorId = error.ErrorId }
            : WithRisk(found, check with { ChangeType = ChangeType.Moved, NewPath = target.Path, Reason = target.Reason });
    }

    private static string WhyUntold(AnsweredArtifact found) => found.Tracked.BaseCommit is { } commit
        ? $"The commit {commit[..8]} that it was fetched at is no longer upstream"
        : "At which commit it was fetched is not recorded";

    /// <summary>A folder upstream has no commit to name once the path is gone.</summary>
    private static string? NullIfEmpty(string? commit) => string.IsNullOrEmpty(commit) ? null : commit;

    private ArtifactCheck WithRisk(AnsweredArtifact found, ArtifactCheck check) => check with { Drift = files.RiskOf(found.Tracked.Artifact) };
}
