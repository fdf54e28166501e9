using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Contents;

namespace SkillMeat.Browsing;

/// <summary>Lists the files of repositories and folders: one batch of questions about the refs, and one of lists.</summary>
/// <param name="session">The session that queries upstream.</param>
/// <param name="tracked">The artifacts of the collection. Those that come from the repositories are asked about in the same batch.</param>
internal sealed class RepositoryLister(UpstreamSession session, IReadOnlyList<TrackedArtifact> tracked)
{
    private const int MostLinks = 8;

    private readonly Dictionary<ArtifactId, PathAnswer> _answers = [];

    /// <summary>The answers about artifacts of the collection.</summary>
    public IReadOnlyDictionary<ArtifactId, PathAnswer> Answers => _answers;

    /// <summary>Lists sources. An error of one does not affect the others.</summary>
    /// <param name="sources">The sources, as the user named them, and all ways to read each, as <see cref="SourceSpec.ParseAll"/> returns them.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    /// <returns>The list or the error of each, in order.</returns>
    public async Task<IReadOnlyList<(Listing? Listing, SkillMeatException? Error)>> ListAsync(IReadOnlyList<(string Shown, IReadOnlyList<SourceSpec> Readings)> sources, CancellationToken cancellationToken)
    {
        var commits = await ResolveAsync(sources.SelectMany(one => one.Readings).Where(source => source.Repository.Kind != RepositoryKind.Folder).Distinct().ToList(), cancellationToken).ConfigureAwait(false);
        var chosen = sources.Select(one => (one.Shown, Source: Choose(one.Readings, commits))).ToList();
        var questions = chosen.Where(one => commits.TryGetValue(one.Source, out var resolved) && resolved.Commit is not null).Select(one => new TreeQuestion(one.Source.Repository, commits[one.Source].Commit!)).Distinct().ToList();
        var trees = questions.Count == 0 ? [] : (await session.Provider.ListAsync(questions, cancellationToken).ConfigureAwait(false)).ToDictionary(tree => tree.Question);
        var listings = chosen.Select(one => Try(() => one.Source.Repository.Folder is { } folder
            ? ListFolder(one.Shown, one.Source, folder, cancellationToken)
            : ListRepository(one.Source, commits[one.Source], trees))).ToList();
        await FollowLinksAsync(listings, cancellationToken).ConfigureAwait(false);
        return listings.ConvertAll(one => one.Listing is { } listing ? Try(() => Check(listing)) : one);
    }

    // The folder that the user names can be a link, such as '.claude/skills' to '../skills'. Its artifacts are where the link leads to.
    private async Task FollowLinksAsync(List<(Listing? Listing, SkillMeatException? Error)> listings, CancellationToken cancellationToken)
    {
        for (var links = 0; links < MostLinks; links++)
        {
            var linked = listings.Select((one, i) => (Place: i, one.Listing, Link: one.Listing is { } listing ? FindLink(listing) : null)).Where(one => one.Link is not null).ToList();
            if (linked.Count == 0) return;
            var questions = linked.ConvertAll(one => new FileQuestion(one.Listing!.Source.Repository, one.Listing.Commit, [one.Link!]) { IsWhole = true });
            var readings = await session.Provider.ReadAsync(questions, cancellationToken).ConfigureAwait(false);
            var isDone = true;
            foreach (var (one, reading) in linked.Zip(readings))
            {
                listings[one.Place] = Try(() => Follow(one.Listing!, one.Link!, reading));
                isDone &= ReferenceEquals(listings[one.Place].Listing, one.Listing);
            }

            if (isDone) return;
        }
    }

    private static string? FindLink(Listing listing)
    {
        var path = listing.Source.Path;
        if (path.Length == 0 || listing.Source.Repository.Kind == RepositoryKind.Folder) return null;
        return listing.Items.Where(item => item.IsLink && IsIn(path, item.Path)).Select(item => item.Path).MinBy(link => link.Length);
    }

    private static Listing Follow(Listing listing, string link, FileReading reading)
    {
        if (reading.Error is { } error) throw error;
        var path = listing.Source.Path;
        var target = reading.File?.Text ?? "";
        var next = LinkPath.Resolve(link, target, path[link.Length..].TrimStart('/'));
        if (next is { Length: > 0 } && listing.Items.FirstOrDefault(item => item.Path == next) is { Path: not null, IsFolder: false, IsLink: false }) return listing;
        return next is not null && (next.Length == 0 || listing.Items.Any(item => item.Path == next || (item.IsLink && IsIn(next, item.Path))))
            ? listing with { Source = listing.Source with { Path = next } }
            : throw new SkillMeatException(ErrorIds.UpstreamNotFound, $"'{path}' is not in {listing.Source.Repository}: '{link}' is a link to '{ContentTree.Readable(target)}'.");
    }

    // The longest ref that exists and has the path, else the shortest one.
    private static SourceSpec Choose(IReadOnlyList<SourceSpec> readings, Dictionary<SourceSpec, (string? Commit, bool HasPath, SkillMeatException? Error)> commits) => readings.Count == 1
        ? readings[0]
        : readings.FirstOrDefault(one => commits[one] is { Commit: not null, HasPath: true }) ?? readings.FirstOrDefault(one => commits[one].Commit is not null) ?? readings[^1];

    private async Task<Dictionary<SourceSpec, (string? Commit, bool HasPath, SkillMeatException? Error)>> ResolveAsync(List<SourceSpec> sources, CancellationToken cancellationToken)
    {
        var groups = sources.GroupBy(source => source.Repository).ToDictionary(group => group.Key, group => group.ToList());
        var known = groups.ToDictionary(group => group.Key, group => FindTracked(group.Key, group.Value));
        var questions = groups.Select(group => new RepositoryQuestion(
            group.Key,
            [
                .. group.Value.Select(source => Ask(source, isOnly: group.Value.Count == 1)), .. known[group.Key].Select(one => one.Ask(ManifestDetail.None)),
                .. known[group.Key].SelectMany(one => one.AskLinked()),
            ],
            [],
            WithFacts: false)).ToList();
        var commits = new Dictionary<SourceSpec, (string? Commit, bool HasPath, SkillMeatException? Error)>();
        if (questions.Count == 0) return commits;
        foreach (var answer in await session.Provider.AskAllAsync(questions, cancellationToken).ConfigureAwait(false))
        {
            var asked = groups[answer.Question.Repository];
            for (var i = 0; i < asked.Count; i++)
            {
                var path = answer.Error is { } error ? new PathAnswer { Error = error } : answer.Paths[i];
                commits[asked[i]] = (path.Commit, path.Exists, path.Error ?? FindProblem(asked[i], path));
            }

            if (answer.Error is not null) continue;
            var artifacts = known[answer.Question.Repository];
            var linked = answer.Paths.Skip(asked.Count + artifacts.Count).ToList();
            foreach (var (one, path) in artifacts.Zip(answer.Paths.Skip(asked.Count)))
            {
                _answers[one.Artifact.Id] = ArtifactRound.Combine(path, [.. linked.Take(one.Artifact.LinkedPaths.Count)]);
                linked.RemoveRange(0, one.Artifact.LinkedPaths.Count);
            }
        }

        return commits;
    }

    private List<TrackedArtifact> FindTracked(RepositoryAddress repository, List<SourceSpec> sources) =>
        tracked.Where(one => one.Source is not null && RepositoryIdentity.AreSame(one.Source.Repository, repository) && sources.Exists(source => IsIn(one.Source.Path, source.Path))).ToList();

    private static bool IsIn(string path, string folder) => folder.Length == 0 || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    // The list of files shows whether a path exists. Only a choice of several refs needs to know before.
    private static PathQuestion Ask(SourceSpec source, bool isOnly) =>
        new(isOnly ? "" : source.Path, ArtifactType.Skill, RefSpec.Parse(source.Version), BaseCommit: null, BaseContentHash: null, ManifestDetail.None) { NeedsContentHash = false, OnlyCommit = isOnly };

    private static SkillMeatException? FindProblem(SourceSpec source, PathAnswer answer)
    {
        var follows = RefSpec.Parse(source.Version);
        return answer.Commit is not null ? null
            : new SkillMeatException(ErrorIds.UpstreamNotFound, $"{source.Repository} {(follows.IsLatest ? "is empty" : $"has no tag, branch or commit '{follows}'")}.");
    }

    private static Listing ListFolder(string shown, SourceSpec source, string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder)) throw new SkillMeatException(ErrorIds.UpstreamNotFound, File.Exists(folder) ? $"'{shown}' is a file. Name the folder that contains it." : NearestPath.DescribeMissing(shown, folder));
        if (source.Path.Length > 0 && !Path.Exists(Path.Combine(folder, source.Path))) throw new SkillMeatException(ErrorIds.UpstreamNotFound, NearestPath.DescribeMissing(shown, Path.Combine(folder, source.Path)));
        var files = FolderList.Read(folder, source.Path, cancellationToken);
        return new Listing(source, RefSpec.Latest, "", files.Items) { Targets = files.Targets };
    }

    private static Listing ListRepository(SourceSpec source, (string? Commit, bool HasPath, SkillMeatException? Error) resolved, Dictionary<TreeQuestion, TreeAnswer> trees)
    {
        if (resolved.Error is { } error) throw error;
        var tree = trees[new TreeQuestion(source.Repository, resolved.Commit!)];
        if (tree.Error is { } problem) throw problem;
        return tree.IsComplete
            ? new Listing(source, RefSpec.Parse(source.Version), resolved.Commit!, tree.Items)
            : throw new SkillMeatException(ErrorIds.UpstreamUnavailable, $"{source.Repository} has too many files to list them. Name the path of an artifact to add it.");
    }

    private static Listing Check(Listing listing)
    {
        var (source, path) = (listing.Source, listing.Source.Path);
        if (path.Length == 0 || source.Repository.Kind == RepositoryKind.Folder || listing.Items.Any(item => item.Path == path)) return listing;
        throw new SkillMeatException(ErrorIds.UpstreamNotFound, $"'{path}' is not in {source.Repository}.{(NearestPath.Find(path, listing.Items) is { } nearest ? $" Did you mean '{nearest}'?" : "")}");
    }

    private static (Listing? Listing, SkillMeatException? Error) Try(Func<Listing> list)
    {
        try
        {
            return (list(), null);
        }
        catch (SkillMeatException e)
        {
            return (null, e);
        }
    }
}
