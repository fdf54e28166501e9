using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Upstream;

namespace SkillMeat.Browsing;

/// <summary>Lists the files of repositories and folders: one batch of questions about the refs, and one of lists.</summary>
/// <param name="session">The session that queries upstream.</param>
/// <param name="tracked">The artifacts of the collection. Those that come from the repositories are asked about in the same batch.</param>
internal sealed class RepositoryLister(UpstreamSession session, IReadOnlyList<TrackedArtifact> tracked)
{
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
        return [.. chosen.Select(one => Try(() => Check(one.Source.Repository.Folder is { } folder
            ? ListFolder(one.Shown, one.Source, folder, cancellationToken)
            : ListRepository(one.Source, commits[one.Source], trees))))];
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
            group.Key, [.. group.Value.Select(source => Ask(source, isOnly: group.Value.Count == 1)), .. known[group.Key].Select(one => one.Ask(ManifestDetail.None))], [], WithFacts: false)).ToList();
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
            foreach (var (one, path) in known[answer.Question.Repository].Zip(answer.Paths.Skip(asked.Count))) _answers[one.Artifact.Id] = path;
        }

        return commits;
    }

    private List<TrackedArtifact> FindTracked(RepositoryAddress repository, List<SourceSpec> sources) =>
        tracked.Where(one => one.Source?.Repository.Equals(repository) == true && sources.Exists(source => IsIn(one.Source.Path, source.Path))).ToList();

    private static bool IsIn(string path, string folder) => folder.Length == 0 || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    // The list of files shows whether a path exists. Only a choice of several refs needs to know before.
    private static PathQuestion Ask(SourceSpec source, bool isOnly) =>
        new(isOnly ? "" : source.Path, ArtifactType.Skill, RefSpec.Parse(source.Version), BaseCommit: null, BaseContentHash: null, ManifestDetail.None) { NeedsContentHash = false };

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
        return new Listing(source, RefSpec.Latest, "", FolderList.Read(folder, source.Path, cancellationToken));
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
