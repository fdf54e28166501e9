using System.Collections.Concurrent;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Refresh;

/// <summary>
/// Queries upstream for the fields of artifacts. The text of a manifest file is fetched only if it is not cached: for artifacts that have been read
/// before, the first round asks only for the file's id.
/// </summary>
internal sealed class RefreshPlanner(IUpstreamProvider upstream, IFrontMatterCache cache, TimeProvider time)
{
    public async Task<IReadOnlyList<FieldAnswer>> AskAsync(IReadOnlyList<TrackedArtifact> artifacts, CheckListener listener, CancellationToken cancellationToken)
    {
        var round = new ArtifactRound();
        foreach (var group in RepositoryGroup.Of(artifacts))
        {
            round.Add(group.Repository, group.Artifacts, DetailOf, [], withFacts: true);
        }

        // Each answer is read when it arrives, because the texts of all of them together are large.
        var told = new ConcurrentDictionary<ArtifactId, FieldAnswer>();
        var unread = new ConcurrentQueue<AnsweredArtifact>();
        await round.AskAsync(
            upstream,
            new AnswerCounter(listener, round.Count),
            answer =>
            {
                foreach (var answered in round.Pair(answer))
                {
                    var known = FindKnown(answered);
                    if (known is null && IsWithoutText(answered)) unread.Enqueue(answered);
                    else told[answered.Tracked.Artifact.Id] = AnswerFor(answered.Tracked, answered, known, texts: null);
                }
            },
            cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var missing = unread.ToList();
        var texts = await ReadMissingAsync(missing, cancellationToken).ConfigureAwait(false);
        foreach (var answered in missing) told[answered.Tracked.Artifact.Id] = AnswerFor(answered.Tracked, answered, FindKnown(answered), texts);
        return artifacts.Select(tracked => told.GetValueOrDefault(tracked.Artifact.Id) ?? AnswerFor(tracked, answered: null, known: null, texts)).ToList();
    }

    /// <summary>Gets how much of an artifact's manifest file to ask for.</summary>
    public ManifestDetail DetailOf(TrackedArtifact tracked) =>
        tracked.Source!.Repository.Kind != RepositoryKind.Folder && cache.HasSeen(tracked.Source.Repository, tracked.Source.Path) ? ManifestDetail.Id : ManifestDetail.Text;

    /// <summary>Reads the answers, and fetches the texts that they lack.</summary>
    public async Task<IReadOnlyList<FieldAnswer>> AnswerAsync(IReadOnlyList<TrackedArtifact> artifacts, IReadOnlyList<AnsweredArtifact> answered, CancellationToken cancellationToken)
    {
        var texts = await ReadMissingAsync(answered, cancellationToken).ConfigureAwait(false);
        var byId = answered.ToDictionary(a => a.Tracked.Artifact.Id);
        return artifacts.Select(tracked => byId.GetValueOrDefault(tracked.Artifact.Id) is { } one ? AnswerFor(tracked, one, FindKnown(one), texts) : AnswerFor(tracked, answered: null, known: null, texts)).ToList();
    }

    private static (RepositoryAddress Repository, string BlobId) KeyOf(AnsweredArtifact answered) =>
        (answered.Tracked.Source!.Repository, answered.Path.Manifest!.BlobId);

    private static bool IsWithoutText(AnsweredArtifact answered) => answered.Path is { Error: null, Manifest.Text: null };

    /// <summary>Returns the cached front matter of an artifact; null if it is not cached, or there is no manifest file.</summary>
    private FrontMatter? FindKnown(AnsweredArtifact answered) =>
        answered.Path is { Error: null, Manifest: { } manifest } ? cache.Find(answered.Tracked.Source!.Repository, answered.Tracked.Source.Path, manifest.BlobId) : null;

    private async Task<Dictionary<(RepositoryAddress, string), FileReading>> ReadMissingAsync(IEnumerable<AnsweredArtifact> answered, CancellationToken cancellationToken)
    {
        var missing = answered.Where(one => IsWithoutText(one) && FindKnown(one) is null).DistinctBy(KeyOf).ToList();
        if (missing.Count == 0)
        {
            return [];
        }

        var readings = await upstream
            .ReadAsync(missing.Select(a => new FileQuestion(a.Tracked.Source!.Repository, a.Path.Commit!, [a.Path.Manifest!.Path])).ToList(), cancellationToken)
            .ConfigureAwait(false);
        return missing.Zip(readings).ToDictionary(p => KeyOf(p.First), p => p.Second);
    }

    private FieldAnswer AnswerFor(TrackedArtifact tracked, AnsweredArtifact? answered, FrontMatter? known, Dictionary<(RepositoryAddress, string), FileReading>? texts)
    {
        var started = time.GetTimestamp();
        FieldAnswer Answer(UpstreamFields? fields, string? remark = null, SkillMeatException? error = null) =>
            new(FollowedArtifact.Of(tracked.Artifact), fields, remark, error, time.GetElapsedTime(started)) { Check = answered?.ToCheck() };

        if (answered is null)
        {
            return tracked.Problem is null ? Answer(null, "It has no upstream.") : Answer(null, error: tracked.Problem);
        }

        var path = answered.Path;
        if (path.Error is not null)
        {
            return Answer(null, error: path.Error);
        }

        if (path.Commit is null)
        {
            return Answer(null, error: new UpstreamException(ErrorIds.UpstreamNotFound, $"{tracked.Source!.Repository} has no '{tracked.Follows}'."));
        }

        if (!path.Exists)
        {
            return Answer(null, $"'{tracked.Source!.Path}' is no longer in {tracked.Source.Repository}; its fields stay unchanged. Run a check to see whether it moved.");
        }

        if (path.Manifest is null && tracked.Artifact.Id.Type.NeedsManifestFile)
        {
            return Answer(null, $"{tracked.Source!.Repository} has no {string.Join(" or ", tracked.Artifact.Id.Type.ManifestFiles)} in '{tracked.Source.Path}'; its fields stay unchanged.");
        }

        try
        {
            var frontMatter = known ?? ReadFrontMatter(answered, texts);
            // The file may be a link, whose text is no front matter.
            if (frontMatter.IsEmpty && tracked.Artifact.LinkedPaths.Count > 0) frontMatter = frontMatter.With(frontMatter.Problems, isIncomplete: true);
            return Answer(UpstreamFields.From(tracked, frontMatter, answered.Answer.Facts), RemarkOn(answered, frontMatter));
        }
        catch (SkillMeatException e)
        {
            return Answer(null, error: e);
        }
    }

    private static string? RemarkOn(AnsweredArtifact answered, FrontMatter frontMatter)
    {
        if (frontMatter.Problems.Count == 0 && answered.Answer.FactsError is null) return null;
        var remarks = frontMatter.Problems.Select(problem => problem.Describe(FileOf(answered.Path, answered.Tracked)));
        if (answered.Answer.FactsError is { } unknown) remarks = remarks.Append($"The fields from the repository stay unchanged: {unknown.Message}");
        return string.Join(' ', remarks);
    }

    private static string FileOf(PathAnswer answer, TrackedArtifact tracked) => TreePath.LastPart(answer.Manifest?.Path ?? tracked.Source!.Path);

    private FrontMatter ReadFrontMatter(AnsweredArtifact answered, Dictionary<(RepositoryAddress, string), FileReading>? texts)
    {
        if (answered.Path.Manifest is not { } manifest)
        {
            // Hooks and similar artifacts need no manifest file.
            return FrontMatter.Empty;
        }

        var reading = texts?.GetValueOrDefault(KeyOf(answered));
        if (reading?.Error is { } error)
        {
            throw error;
        }

        // The file that was read names the blob of its text; the id of the answer may come from a damaged cache.
        var file = manifest.Text is null ? reading?.File : manifest;
        if (file?.Text is not { } text)
        {
            throw new UpstreamException(ErrorIds.UpstreamUnavailable, $"{answered.Tracked.Source!.Repository}: '{manifest.Path}' is not text.");
        }

        try
        {
            var frontMatter = FrontMatterReader.Read(file.Path, text);
            if (frontMatter.IsEmpty && FrontMatterReader.MayBeLink(file.Path, text)) frontMatter = frontMatter.With(frontMatter.Problems, isIncomplete: true);
            cache.Add(answered.Tracked.Source!.Repository, answered.Tracked.Source.Path, file.BlobId, frontMatter);
            return frontMatter;
        }
        catch (FrontMatterException e)
        {
            throw new UpstreamException(ErrorIds.InvalidData, $"{answered.Tracked.Source!.Repository}: {file.Path}: {e.Message}.", innerException: e);
        }
    }
}
