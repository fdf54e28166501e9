using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Contents;

namespace SkillMeat.Browsing;

/// <summary>
/// Lists the files of repositories and folders: one batch of questions about the refs, and one of lists. Where a repository can be listed at a ref, the list comes first, and the files in it that
/// describe artifacts are read together with the commit of the ref.
/// </summary>
/// <param name="session">The session that queries upstream.</param>
/// <param name="tracked">The artifacts of the collection. Those that come from the repositories are asked about in the same batch.</param>
internal sealed class RepositoryLister(UpstreamSession session, IReadOnlyList<TrackedArtifact> tracked)
{
    private const int MostLinks = 8;

    private readonly Dictionary<ArtifactId, PathAnswer> _answers = [];
    private readonly Dictionary<RepositoryAddress, RepositoryAddress> _renamed = [];
    private readonly Dictionary<SourceSpec, ResolvedSource> _resolved = [];
    private readonly List<(FileQuestion Question, FileReading Reading)> _read = [];

    /// <summary>The answers about artifacts of the collection.</summary>
    public IReadOnlyDictionary<ArtifactId, PathAnswer> Answers => _answers;

    /// <summary>The current addresses of the listed repositories that have been renamed.</summary>
    public IReadOnlyDictionary<RepositoryAddress, RepositoryAddress> Renamed => _renamed;

    /// <summary>The files of the repositories that have been read.</summary>
    public FileReadings Readings { get; } = new(session.Provider, session.Listings);

    /// <summary>Lists sources. An error of one does not affect the others.</summary>
    /// <param name="sources">The sources, as the user named them, and all ways to read each, as <see cref="SourceSpec.ParseAll"/> returns them.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    /// <returns>The list or the error of each, in order.</returns>
    public async Task<IReadOnlyList<(Listing? Listing, SkillMeatException? Error)>> ListAsync(IReadOnlyList<(string Shown, IReadOnlyList<SourceSpec> Readings)> sources, CancellationToken cancellationToken)
    {
        var remote = sources.Select(one => one.Readings).Where(readings => readings[0].Repository.Kind != RepositoryKind.Folder).ToList();
        var early = await ListEarlyAsync(remote, cancellationToken).ConfigureAwait(false);
        await ResolveAsync(remote.SelectMany(readings => readings).Distinct().ToList(), early, cancellationToken).ConfigureAwait(false);
        var hasPath = await FindPathsAsync(remote, cancellationToken).ConfigureAwait(false);
        var chosen = sources.Select(one => (one.Shown, Source: Choose(one.Readings, hasPath))).ToList();
        var trees = await ListAsync(chosen.ConvertAll(one => one.Source), early, cancellationToken).ConfigureAwait(false);
        var listings = chosen.Select(one => Try(() => one.Source.Repository.Folder is { } folder
            ? ListFolder(one.Shown, one.Source, folder, cancellationToken)
            : ListRepository(one.Source, _resolved[one.Source], trees))).ToList();
        await FollowLinksAsync(listings, cancellationToken).ConfigureAwait(false);
        return listings.ConvertAll(one => one.Listing is { } listing ? Try(() => Check(listing)) : one);
    }

    // Mostly, a ref has no slashes. The lists are checked when the commits are known.
    private async Task<Dictionary<TreeQuestion, TreeAnswer>> ListEarlyAsync(List<IReadOnlyList<SourceSpec>> sources, CancellationToken cancellationToken)
    {
        var questions = sources.Select(readings => EarlyQuestion(readings[^1])).Distinct().ToList();
        return questions.Count == 0 ? [] : (await session.Provider.ListEarlyAsync(questions, cancellationToken).ConfigureAwait(false)).ToDictionary(tree => tree.Question);
    }

    private static TreeQuestion EarlyQuestion(SourceSpec source) => TreeQuestion.Of(source.Repository, RefSpec.Parse(source.Version));

    // The files in an early list, named by its id until the commit is known.
    private static IEnumerable<FileQuestion> FindFiles(SourceSpec source, Dictionary<TreeQuestion, TreeAnswer> early)
    {
        if (!early.TryGetValue(EarlyQuestion(source), out var tree)) return [];
        var listing = new Listing(source, RefSpec.Parse(source.Version), tree.Id!, tree.Items);
        return LikelyFiles.Of(listing, PlaceFinder.Of(listing, tree.Items).Find());
    }

    private async Task<Dictionary<TreeQuestion, TreeAnswer>> ListAsync(List<SourceSpec> chosen, Dictionary<TreeQuestion, TreeAnswer> early, CancellationToken cancellationToken)
    {
        var trees = new Dictionary<TreeQuestion, TreeAnswer>();
        foreach (var source in chosen)
        {
            if (!_resolved.TryGetValue(source, out var resolved) || !early.TryGetValue(EarlyQuestion(source), out var tree) || !resolved.IsListedAs(tree.Id)) continue;
            trees[new TreeQuestion(source.Repository, resolved.Commit!)] = tree;
            foreach (var (question, reading) in _read.Where(one => one.Question.Repository.Equals(source.Repository) && one.Question.Commit == tree.Id)) Readings.Add(question with { Commit = resolved.Commit! }, reading);
        }

        var questions = chosen.Where(source => _resolved.TryGetValue(source, out var resolved) && resolved.Commit is not null).Select(source => new TreeQuestion(source.Repository, _resolved[source].Commit!))
            .Where(question => !trees.ContainsKey(question)).Distinct().ToList();
        foreach (var tree in await ListAsync(questions, cancellationToken).ConfigureAwait(false)) trees[tree.Question] = tree;
        foreach (var tree in trees.Where(tree => tree.Value is { Error: null, IsComplete: true })) Readings.AddList(tree.Key.Repository, tree.Key.Commit, tree.Value.Items);
        return trees;
    }

    // The files of a commit never change, so those that were listed before need no request.
    private async Task<IEnumerable<TreeAnswer>> ListAsync(IReadOnlyList<TreeQuestion> questions, CancellationToken cancellationToken)
    {
        var cached = questions.Select(question => (Question: question, Items: session.Listings.Find(question))).ToLookup(one => one.Items is not null);
        var unknown = cached[false].Select(one => one.Question).ToList();
        var listed = unknown.Count == 0 ? [] : await session.Provider.ListAsync(unknown, cancellationToken).ConfigureAwait(false);
        foreach (var tree in listed.Where(tree => tree is { Error: null, IsComplete: true })) session.Listings.Add(tree);
        return cached[true].Select(one => new TreeAnswer(one.Question, one.Items!, IsComplete: true, Error: null)).Concat(listed);
    }

    // The folder that the user names can be a link, such as '.claude/skills' to '../skills'. Its artifacts are where the link leads to.
    private async Task FollowLinksAsync(List<(Listing? Listing, SkillMeatException? Error)> listings, CancellationToken cancellationToken)
    {
        for (var links = 0; links < MostLinks; links++)
        {
            var linked = listings.Select((one, i) => (Place: i, one.Listing, Link: one.Listing is { } listing ? FindLink(listing) : null)).Where(one => one.Link is not null).ToList();
            if (linked.Count == 0) return;
            var readings = await Readings.ReadAsync(linked.ConvertAll(one => LikelyFiles.Ask(one.Listing!, one.Link!, isWhole: true)), cancellationToken).ConfigureAwait(false);
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
    private SourceSpec Choose(IReadOnlyList<SourceSpec> readings, HashSet<SourceSpec> hasPath) => readings.Count == 1
        ? readings[0]
        : readings.FirstOrDefault(hasPath.Contains) ?? readings.FirstOrDefault(one => one.Version is not null && _resolved[one].Commit is not null) ?? readings[^1];

    // Only a choice of several refs, or between a ref and a folder, needs to know this before the files are listed.
    private async Task<HashSet<SourceSpec>> FindPathsAsync(List<IReadOnlyList<SourceSpec>> sources, CancellationToken cancellationToken)
    {
        var doubtful = sources.Where(readings => readings.Count > 1).Select(readings => readings.Where(one => _resolved[one].Commit is not null).ToList())
            .Where(there => there.Count > 1 || there is [{ Version: null }]).SelectMany(there => there).Distinct().ToList();
        var questions = doubtful.GroupBy(source => source.Repository).Select(group => new RepositoryQuestion(group.Key, [.. group.Select(source => Ask(source, onlyCommit: false))], [], WithFacts: false)).ToList();
        if (questions.Count == 0) return [];
        var found = new HashSet<SourceSpec>();
        foreach (var answer in await session.Provider.AskAllAsync(questions, cancellationToken).ConfigureAwait(false))
        {
            if (answer.Error is null) found.UnionWith(doubtful.Where(source => source.Repository.Equals(answer.Question.Repository)).Where((_, i) => answer.Paths[i].Exists));
        }

        return found;
    }

    private async Task ResolveAsync(List<SourceSpec> sources, Dictionary<TreeQuestion, TreeAnswer> early, CancellationToken cancellationToken)
    {
        var groups = sources.GroupBy(source => source.Repository).ToDictionary(group => group.Key, group => group.ToList());
        var known = groups.ToDictionary(group => group.Key, group => FindTracked(group.Key, group.Value));
        var questions = groups.Select(group => new RepositoryQuestion(
            group.Key,
            [.. group.Value.Select(source => Ask(source, onlyCommit: true)), .. known[group.Key].Select(one => one.Ask(ManifestDetail.None)), .. known[group.Key].SelectMany(one => one.AskLinked())],
            [],
            WithFacts: false)
        {
            Files = [.. group.Value.SelectMany(source => FindFiles(source, early)).DistinctBy(file => (file.Commit, file.Paths[0], file.IsWhole))],
        }).ToList();
        if (questions.Count == 0) return;
        foreach (var answer in await session.Provider.AskAllAsync(questions, cancellationToken).ConfigureAwait(false))
        {
            var repository = answer.Question.Repository;
            var asked = groups[repository];
            for (var i = 0; i < asked.Count; i++)
            {
                var path = answer.Error is { } error ? new PathAnswer { Error = error } : answer.Paths[i];
                _resolved[asked[i]] = new ResolvedSource(path.Commit, path.ObjectId, path.Error ?? FindProblem(asked[i], path));
            }

            if (answer.Error is not null) continue;
            if (answer.RenamedTo is { } renamed) _renamed[repository] = renamed;
            _read.AddRange(answer.Files);
            var artifacts = known[repository];
            var linked = answer.Paths.Skip(asked.Count + artifacts.Count).ToList();
            foreach (var (one, path) in artifacts.Zip(answer.Paths.Skip(asked.Count)))
            {
                _answers[one.Artifact.Id] = ArtifactRound.Combine(path, [.. linked.Take(one.Artifact.LinkedPaths.Count)]);
                linked.RemoveRange(0, one.Artifact.LinkedPaths.Count);
            }
        }
    }

    private List<TrackedArtifact> FindTracked(RepositoryAddress repository, List<SourceSpec> sources) =>
        tracked.Where(one => one.Source is not null && RepositoryIdentity.AreSame(one.Source.Repository, repository) && sources.Exists(source => IsIn(one.Source.Path, source.Path))).ToList();

    private static bool IsIn(string path, string folder) => folder.Length == 0 || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static PathQuestion Ask(SourceSpec source, bool onlyCommit) =>
        new(onlyCommit ? "" : source.Path, ArtifactType.Skill, RefSpec.Parse(source.Version), BaseCommit: null, BaseContentHash: null, ManifestDetail.None) { NeedsContentHash = false, OnlyCommit = onlyCommit };

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

    private static Listing ListRepository(SourceSpec source, ResolvedSource resolved, Dictionary<TreeQuestion, TreeAnswer> trees)
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
