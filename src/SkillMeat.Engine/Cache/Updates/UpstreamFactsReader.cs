using SkillMeat.Cache.Versions;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Upstream;

namespace SkillMeat.Cache.Updates;

/// <summary>
/// Reads the versions of changed artifacts upstream, and counts the commits by which they are behind: with one question about all texts and one about all commits. What was found out before is not asked again, and an
/// artifact that did not change is not asked about.
/// </summary>
internal sealed class UpstreamFactsReader(HomeCache cache, UpstreamSession session)
{
    /// <summary>Reads them. What upstream does not tell is absent.</summary>
    public async Task<UpstreamFacts> ReadAsync(Collection collection, IReadOnlyList<ArtifactCheck> checks, CancellationToken cancellationToken)
    {
        var changed = checks.Where(MayTellMore).ToDictionary(check => check.Id);
        if (changed.Count == 0) return UpstreamFacts.None;
        var context = session.ContextFor(collection.Folder);
        var tracked = collection.Artifacts.Where(artifact => changed.ContainsKey(artifact.Id)).Select(artifact => TrackedArtifact.From(artifact, context))
            .Where(one => one.Source is { Repository.Kind: not RepositoryKind.Folder }).Select(one => (Tracked: one, Check: changed[one.Artifact.Id])).ToList();
        if (tracked.Count == 0) return UpstreamFacts.None;
        var known = new KnownFacts(cache);
        // They are about the same repositories, whose requests are sent one after the other.
        var versions = ReadVersionsAsync(tracked, known, cancellationToken);
        var commits = CountCommitsAsync(tracked, known, cancellationToken);
        await Task.WhenAll(versions, commits).ConfigureAwait(false);
        return new UpstreamFacts(await versions.ConfigureAwait(false), await commits.ConfigureAwait(false));
    }

    private async Task<IReadOnlyDictionary<ArtifactId, string>> ReadVersionsAsync(List<(TrackedArtifact Tracked, ArtifactCheck Check)> changed, KnownFacts known, CancellationToken cancellationToken)
    {
        var asked = changed.Select(one => (one.Tracked.Artifact.Id, Question: Ask(one.Tracked, one.Check))).Where(one => one.Question.Paths.Count > 0).ToList();
        var found = asked.Select(one => one.Question).DistinctBy(KnownFacts.KeyOf).ToDictionary(KnownFacts.KeyOf, known.FindVersion);
        var questions = asked.Select(one => one.Question).DistinctBy(KnownFacts.KeyOf).Where(question => found[KnownFacts.KeyOf(question)] is null).ToList();
        if (questions.Count > 0)
        {
            var readings = await session.Provider.ReadAsync(questions, cancellationToken).ConfigureAwait(false);
            // A file that is not there, or not text, says no version, which is known then.
            var read = questions.Zip(readings).Where(pair => pair.Second.Error is null)
                .Select(pair => (pair.First, Version: pair.Second.File is { Text: { } text } file ? CopyVersion.In(file.Path, text) ?? "" : "")).ToList();
            known.KeepVersions(read);
            foreach (var (question, version) in read) found[KnownFacts.KeyOf(question)] = version;
        }

        return asked.Select(one => (one.Id, Version: found[KnownFacts.KeyOf(one.Question)])).Where(one => !string.IsNullOrEmpty(one.Version)).ToDictionary(one => one.Id, one => one.Version!);
    }

    private async Task<IReadOnlyDictionary<ArtifactId, int>> CountCommitsAsync(List<(TrackedArtifact Tracked, ArtifactCheck Check)> changed, KnownFacts known, CancellationToken cancellationToken)
    {
        var asked = changed.Where(one => HasNewContent(one.Check) && one.Tracked.BaseCommit is not null && one.Tracked.BaseCommit != one.Check.NewSha)
            .Select(one => (one.Tracked.Artifact.Id, Question: Ask(one.Tracked, one.Check.NewSha!, one.Check.NewTag))).ToList();
        var distinct = asked.OrderBy(one => one.Question.Fetched ?? DateTimeOffset.MaxValue).Select(one => one.Question).DistinctBy(KnownFacts.KeyOf).ToList();
        var found = distinct.ToDictionary(KnownFacts.KeyOf, known.FindCommits);
        var questions = distinct.Where(question => found[KnownFacts.KeyOf(question)] is null).ToList();
        if (questions.Count > 0)
        {
            var answers = await session.Provider.CountCommitsAsync(questions, cancellationToken).ConfigureAwait(false);
            var counted = questions.Zip(answers).ToList();
            known.KeepCommits(counted.Where(pair => pair.Second.IsFinal));
            foreach (var (question, answer) in counted) found[KnownFacts.KeyOf(question)] = answer;
        }

        return asked.Select(one => (one.Id, found[KnownFacts.KeyOf(one.Question)]?.Count)).Where(one => one.Count is not null).ToDictionary(one => one.Id, one => one.Count!.Value);
    }

    /// <summary>Whether there is more to know about an artifact than what its check says.</summary>
    public static bool MayTellMore(ArtifactCheck check) => check is { ChangeType: ChangeType.Updated or ChangeType.Moved, NewSha: not null };

    /// <summary>Whether an artifact's content upstream is another one. That of one that only moved is the same.</summary>
    public static bool HasNewContent(ArtifactCheck check) => check.ChangeType is ChangeType.Updated || check.ContentChanged == true;

    private static CommitQuestion Ask(TrackedArtifact tracked, string newer, string? tag) => new(tracked.Source!.Repository, tracked.BaseCommit!, newer)
    {
        Fetched = tracked.Artifact.Fetched ?? tracked.Artifact.LastUpdated,
        Branch = tag is null && !tracked.Follows.MayBeCommit ? tracked.Follows : null,
    };

    private static FileQuestion Ask(TrackedArtifact tracked, ArtifactCheck check)
    {
        var path = check.NewPath ?? tracked.Source!.Path;
        var type = tracked.Artifact.Id.Type;
        IReadOnlyList<string> paths = type.IsFolder ? [.. type.ManifestFiles.Select(file => path.Length == 0 ? file : $"{path}/{file}")] : [path];
        return new FileQuestion(tracked.Source!.Repository, check.NewSha!, paths);
    }
}
