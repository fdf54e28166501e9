using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Merging;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>Searches the tree of one repository for artifacts that are no longer at their path.</summary>
internal sealed class MoveSearch
{
    private const int MostCandidates = 5_000;
    private const int LongestDistance = 10_000;

    private readonly TreeAnswer _tree;
    private readonly FollowedPaths _followed;
    private readonly Func<AnsweredArtifact, TreeAnswer?> _baseOf;
    private readonly Dictionary<TreeAnswer, HashSet<string>> _filePaths = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<TreeAnswer, ILookup<string, TreeItem>> _items = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<MoveCandidate, MoveText> _candidateTexts = [];
    private readonly Dictionary<AnsweredArtifact, MoveText> _baseTexts = new(ReferenceEqualityComparer.Instance);
    private readonly Func<AnsweredArtifact, IReadOnlyList<string>> _manifestsOf;
    private UpstreamException? _error;

    /// <param name="tree">The tree at the commit that is followed.</param>
    /// <param name="gone">The artifacts of the repository that are no longer at their paths.</param>
    /// <param name="followed">The paths that the collection follows.</param>
    /// <param name="baseOf">Returns the tree at the commit that an artifact was fetched at, or null if that is not known.</param>
    /// <param name="manifestsOf">Returns the possible paths, in the folder of an artifact, of the file that describes it.</param>
    public MoveSearch(
        TreeAnswer tree, List<AnsweredArtifact> gone, FollowedPaths followed, Func<AnsweredArtifact, TreeAnswer?> baseOf, Func<AnsweredArtifact, IReadOnlyList<string>> manifestsOf)
    {
        _manifestsOf = manifestsOf;
        _tree = tree;
        Gone = gone;
        _followed = followed;
        _baseOf = baseOf;
        _error = ErrorOf(tree) ?? gone.Select(baseOf).OfType<TreeAnswer>().Distinct().Select(ErrorOf).FirstOrDefault(error => error is not null);
    }

    /// <summary>The artifacts that are still searched for.</summary>
    public IReadOnlyList<AnsweredArtifact> Gone { get; private set; }

    /// <summary>The artifacts that may be the ones still searched for, if they are similar.</summary>
    public IReadOnlyList<MoveCandidate> Candidates { get; private set; } = [];

    /// <summary>Why the list of files, or a candidate, is not known; null if all are.</summary>
    public UpstreamException? Error => _error;

    /// <summary>Returns the artifacts that are still searched for.</summary>
    public IEnumerable<ArtifactId> Sought => Gone.Select(one => one.Tracked.Artifact.Id);

    public FileQuestion QuestionOf(MoveCandidate candidate) => new(_tree.Question.Repository, _tree.Question.Commit, [candidate.ManifestPath]) { IsWhole = true };

    /// <summary>Returns the paths in the repository of the files that can have described an artifact.</summary>
    public IReadOnlyList<string> ManifestPathsOf(AnsweredArtifact one) =>
        IsFolder(one) ? [.. _manifestsOf(one).Select(file => $"{one.Tracked.Source!.Path}/{file}".TrimStart('/'))] : [one.Tracked.Source!.Path];

    /// <summary>Records the text of a candidate.</summary>
    public void Know(MoveCandidate candidate, MoveText text) => _candidateTexts[candidate] = text;

    /// <summary>Records the text of an artifact as it was fetched.</summary>
    public void Know(AnsweredArtifact one, MoveText text) => _baseTexts[one] = text;

    /// <summary>Whether the files of the repository at the commit that an artifact was fetched at are known, or could be.</summary>
    public bool HasBase(AnsweredArtifact one) => _baseOf(one) is not null;

    /// <summary>Leaves out the artifacts that are still at their paths: behind a link, or with the file that describes them under a name in other letters.</summary>
    /// <returns>The artifacts with their paths.</returns>
    public IReadOnlyList<(ArtifactId Id, MoveTarget Target)> TakeStillThere()
    {
        if (ErrorOf(_tree) is not null) return [];
        var links = _tree.Items.Where(item => item.IsLink).Select(item => item.Path).ToHashSet(StringComparer.Ordinal);
        var reasons = Gone.ToLookup(one => WhyStillThere(one, links));
        Gone = [.. reasons[null]];
        return [.. reasons.Where(there => there.Key is not null).SelectMany(there => there.Select(one => (one.Tracked.Artifact.Id, new MoveTarget(one.Tracked.Source!.Path, there.Key, Error: null))))];
    }

    /// <summary>Records that a candidate could not be read, so that artifacts that are not found do not count as deleted.</summary>
    public void Fail(UpstreamException error) => _error ??= error;

    /// <summary>Returns the places with the same tree or blob id, which identifies the content.</summary>
    /// <param name="idOf">Returns the id of an artifact as it was fetched, or null.</param>
    public IEnumerable<MoveClaim> FindSameContent(Func<AnsweredArtifact, string?> idOf)
    {
        var wanted = Gone.Select(one => (One: one, Id: idOf(one))).Where(pair => pair.Id is not null).ToList();
        var ids = wanted.Select(pair => pair.Id!).ToHashSet(StringComparer.Ordinal);
        var places = _tree.Items
            .Where(i => ids.Contains(i.ObjectId) && !i.IsLink && !_followed.Contains(_tree.Question.Repository, i.Path))
            .ToLookup(i => (i.ObjectId, i.IsFolder));
        return wanted.SelectMany(pair =>
            places[(pair.Id!, IsFolder(pair.One))].Where(i => MayHaveMovedTo(pair.One, i.Path)).Select(i => new MoveClaim(pair.One, i.Path, Distance(pair.One, i.Path))));
    }

    /// <summary>Leaves out the artifacts that are found, and lists the candidates for the others.</summary>
    public void SeekSimilar(Predicate<ArtifactId> isFound)
    {
        Gone = [.. Gone.Where(one => !isFound(one.Tracked.Artifact.Id))];
        var byType = Gone.ToLookup(one => one.Tracked.Artifact.Id.Type);
        Candidates = byType
            .SelectMany(some => CandidatesOf(some.Key, [.. some]).Where(c => !_followed.Contains(_tree.Question.Repository, c.Path) && some.Any(one => MayHaveMovedTo(one, c.Path))))
            .ToList();
        if (Candidates.Count <= MostCandidates) return;
        Fail(new UpstreamException(ErrorIds.UpstreamUnavailable, $"{_tree.Question.Repository}: there are {Candidates.Count} new artifacts, too many to compare."));
        Candidates = [];
    }

    /// <summary>Returns the places of the artifacts of the same type that are similar, the more similar ones first.</summary>
    public IEnumerable<MoveClaim> FindSimilar()
    {
        foreach (var one in Gone)
        {
            if (!_baseTexts.TryGetValue(one, out var before)) continue;
            foreach (var candidate in Candidates.Where(c => c.Type == one.Tracked.Artifact.Id.Type && MayHaveMovedTo(one, c.Path)))
            {
                if (!_candidateTexts.TryGetValue(candidate, out var now) || before.Print.Similarity(now.Print) is not (>= ContentFingerprint.LeastSimilarity and var similarity)) continue;
                // A similar artifact may always have been there, beside this one.
                if (!HasBase(one) && (before.Name != now.Name || TreePath.LastPart(one.Tracked.Source!.Path) != TreePath.LastPart(candidate.Path))) continue;
                yield return new MoveClaim(one, candidate.Path, ((100 - similarity) * LongestDistance) + Distance(one, candidate.Path));
            }
        }
    }

    // Hooks and servers can be a file alone.
    private static bool IsFolder(AnsweredArtifact one) => one.Tracked.Artifact.Id.Type.IsFolder && !one.Tracked.Artifact.Id.Type.IsSettingsFile(one.Tracked.Source!.Path);

    private static UpstreamException? ErrorOf(TreeAnswer tree) =>
        tree.Error ?? (tree.IsComplete ? null : new UpstreamException(ErrorIds.UpstreamUnavailable, $"{tree.Question.Repository}: its list of files is too long and was truncated."));

    /// <summary>Whether an artifact can have moved to a path: what was there before is another one, and a mirror for another agent is none.</summary>
    private bool MayHaveMovedTo(AnsweredArtifact one, string path)
    {
        if (OtherAgents.IsMirror(path, one.Tracked.Source!.Path) || IsPlaceOfOtherFiles(one.Tracked.Artifact.Id.Type, path)) return false;
        // Without a base, the content decides.
        return _baseOf(one) is not { } tree || (ErrorOf(tree) is null && !IsArtifactIn(tree, one, path));
    }

    /// <summary>Whether an artifact of a type is at a path, whatever the letters of its file.</summary>
    private bool IsArtifactIn(TreeAnswer tree, AnsweredArtifact one, string path)
    {
        var type = one.Tracked.Artifact.Id.Type;
        if (!_filePaths.TryGetValue(tree, out var paths)) _filePaths.Add(tree, paths = tree.Items.Where(item => !item.IsFolder).SelectMany(item => (string[])[item.Path, InCapitals(item.Path)]).ToHashSet(StringComparer.Ordinal));
        return !type.IsFolder || type.IsSettingsFile(path) ? paths.Contains(path) : _manifestsOf(one).Any(file => paths.Contains(InCapitals($"{path}/{file}".TrimStart('/'))));
    }

    // No path has two separators in a row.
    private static string InCapitals(string path) => $"{TreePath.Parent(path)}//{TreePath.LastPart(path).ToUpperInvariant()}";

    private string? WhyStillThere(AnsweredArtifact one, HashSet<string> links)
    {
        var path = one.Tracked.Source!.Path;
        for (var end = path.IndexOf('/', StringComparison.Ordinal); ; end = path.IndexOf('/', end + 1))
        {
            var above = end < 0 ? path : path[..end];
            if (links.Contains(above)) return $"'{above}' is a link now.";
            if (end < 0) break;
        }

        if (!one.HasLostManifest) return null;
        if (IsArtifactIn(_tree, one, path)) return "The file that describes it is written in other letters now.";
        return _baseOf(one) is { } tree && ErrorOf(tree) is null && !IsArtifactIn(tree, one, path) ? "It had no file that describes it." : null;
    }

    /// <summary>Whether a single file lies in the container of another type: an agent is no command.</summary>
    private static bool IsPlaceOfOtherFiles(ArtifactType type, string path)
    {
        if (type.IsFolder) return false;
        var container = TreePath.Parent(path).Split('/').LastOrDefault(name => ArtifactType.All.Any(other => !other.IsFolder && other.Container == name));
        return container is not null && container != type.Container;
    }

    /// <summary>The number of names by which a path differs from the one before, not counting those at its beginning and its end that are the same.</summary>
    private static int Distance(AnsweredArtifact gone, string path)
    {
        var (from, to) = (gone.Tracked.Source!.Path.Split('/'), path.Split('/'));
        var most = Math.Min(from.Length, to.Length);
        var (start, end) = (0, 0);
        while (start < most && from[start] == to[start]) start++;
        while (end < most - start && from[^(end + 1)] == to[^(end + 1)]) end++;
        return Math.Min(LongestDistance - 1, from.Length + to.Length - (2 * (start + end)));
    }

    /// <summary>Returns the artifacts of a type: folders with its manifest file, or Markdown files in its container. Links are none.</summary>
    private IEnumerable<MoveCandidate> CandidatesOf(ArtifactType type, IReadOnlyList<AnsweredArtifact> some) => type.IsFolder
        ? _tree.Items
            .Where(i => !i.IsFolder && !i.IsLink && i.Path.Contains('/', StringComparison.Ordinal) && type.ManifestFiles.Contains(i.Name, StringComparer.Ordinal))
            .Select(i => new MoveCandidate(type, TreePath.Parent(i.Path), i.Path))
            .Concat(type.SettingsKey is null ? [] : OwnCandidatesOf(type, some))
            .DistinctBy(c => c.Path)
        : _tree.Items
            .Where(i => !i.IsFolder && !i.IsLink && i.Name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && TreePath.Parent(i.Path).Split('/').Contains(type.Container!, StringComparer.Ordinal))
            .Select(i => new MoveCandidate(type, i.Path, i.Path));

    /// <summary>Returns the folders that have a file of the name that the file of one of some artifacts has, or of its content under another name: hooks and servers can have files of any name.</summary>
    private IEnumerable<MoveCandidate> OwnCandidatesOf(ArtifactType type, IReadOnlyList<AnsweredArtifact> some)
    {
        var files = some.SelectMany(_manifestsOf).Distinct(StringComparer.Ordinal).Except(type.ManifestFiles).ToList();
        var before = some.SelectMany(one => ManifestIdsOf(one)).ToHashSet(StringComparer.Ordinal);
        foreach (var item in _tree.Items.Where(item => item is { IsFolder: false, IsLink: false }))
        {
            if (files.Find(file => item.Path.EndsWith("/" + file, StringComparison.Ordinal)) is { } file) yield return new MoveCandidate(type, item.Path[..^(file.Length + 1)], item.Path);
            else if (before.Contains(item.ObjectId) && IsJsonInFolder(item)) yield return new MoveCandidate(type, TreePath.Parent(item.Path), item.Path);
        }
    }

    private static bool IsJsonInFolder(TreeItem item) => item.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && item.Path.Contains('/', StringComparison.Ordinal);

    private IEnumerable<string> ManifestIdsOf(AnsweredArtifact one)
    {
        if (_baseOf(one) is not { } tree || ErrorOf(tree) is not null) return [];
        if (!_items.TryGetValue(tree, out var items)) _items.Add(tree, items = tree.Items.ToLookup(item => item.Path, StringComparer.Ordinal));
        return ManifestPathsOf(one).SelectMany(path => items[path]).Select(item => item.ObjectId).Where(id => id.Length > 0);
    }
}
