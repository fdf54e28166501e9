using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>Searches the tree of one repository for artifacts that are no longer at their path.</summary>
internal sealed class MoveSearch
{
    private readonly TreeAnswer _tree;
    private readonly FollowedPaths _followed;
    private readonly Dictionary<(ArtifactType Type, string Name), List<MoveCandidate>> _byName = [];
    private List<AnsweredArtifact> _gone;
    private UpstreamException? _error;

    public MoveSearch(TreeAnswer tree, List<AnsweredArtifact> gone, FollowedPaths followed)
    {
        _tree = tree;
        _gone = gone;
        _followed = followed;
        _error = tree.Error ?? (tree.IsComplete ? null : new UpstreamException(ErrorIds.UpstreamUnavailable, $"{tree.Question.Repository}: its list of files is too long and was truncated."));
    }

    /// <summary>The artifacts that may be the ones still searched for, if their names match.</summary>
    public IReadOnlyList<MoveCandidate> Candidates { get; private set; } = [];

    public FileQuestion QuestionOf(MoveCandidate candidate) => new(_tree.Question.Repository, _tree.Question.Commit, [candidate.ManifestPath]);

    /// <summary>Records the name of a candidate. Without a name, the last part of its path is used.</summary>
    public void Name(MoveCandidate candidate, string? name)
    {
        var key = (candidate.Type, name ?? candidate.Type.NameAt(candidate.Path));
        if (!_byName.TryGetValue(key, out var list))
        {
            _byName[key] = list = [];
        }

        list.Add(candidate);
    }

    /// <summary>Records that a candidate could not be read, so that artifacts that are not found do not count as deleted.</summary>
    public void Fail(UpstreamException error) => _error ??= error;

    /// <summary>Why the list of files, or a candidate, is not known; null if all are.</summary>
    public UpstreamException? Error => _error;

    /// <summary>Returns the places with the same tree or blob id, which identifies the content.</summary>
    public IEnumerable<MoveClaim> FindSameContent()
    {
        var wanted = _gone.Select(g => g.Path.BaseObjectId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var places = _tree.Items
            .Where(i => wanted.Contains(i.ObjectId) && !_followed.Contains(_tree.Question.Repository, i.Path))
            .ToLookup(i => (i.ObjectId, i.IsFolder));
        return _gone.Where(one => one.Path.BaseObjectId is not null)
            .SelectMany(one => places[(one.Path.BaseObjectId!, one.Tracked.Artifact.Id.Type.IsFolder)].Select(i => new MoveClaim(one, i.Path, RankOf(one, i.Path))));
    }

    /// <summary>Leaves out the artifacts that are found, and lists the candidates for the others.</summary>
    public void SeekByName(Predicate<ArtifactId> isFound)
    {
        _gone = _gone.FindAll(one => !isFound(one.Tracked.Artifact.Id));
        Candidates = _gone.Select(g => g.Tracked.Artifact.Id.Type).Distinct()
            .SelectMany(CandidatesOf)
            .Where(c => !_followed.Contains(_tree.Question.Repository, c.Path))
            .ToList();
    }

    /// <summary>Returns the places of the artifacts of the same type and name.</summary>
    public IEnumerable<MoveClaim> FindSameNames()
    {
        foreach (var one in _gone)
        {
            var type = one.Tracked.Artifact.Id.Type;
            var names = new[] { one.Tracked.Artifact.Name, type.NameAt(one.Tracked.Source!.Path) }.Distinct(StringComparer.Ordinal);
            foreach (var path in names.SelectMany(n => _byName.GetValueOrDefault((type, n)) ?? []).Select(c => c.Path).Distinct(StringComparer.Ordinal))
            {
                yield return new MoveClaim(one, path, RankOf(one, path));
            }
        }
    }

    /// <summary>Returns the artifacts that are still searched for.</summary>
    public IEnumerable<ArtifactId> Sought => _gone.Select(one => one.Tracked.Artifact.Id);

    /// <summary>Prefers the path with the same last part, then for a single file the container of its type.</summary>
    private static int RankOf(AnsweredArtifact gone, string path)
    {
        var type = gone.Tracked.Artifact.Id.Type;
        var isNamedSo = TreePath.LastPart(path) == TreePath.LastPart(gone.Tracked.Source!.Path);
        var isPlacedSo = type.IsFolder || TreePath.LastPart(TreePath.Parent(path)) == type.Container;
        return (isNamedSo ? 0 : 2) + (isPlacedSo ? 0 : 1);
    }

    /// <summary>Returns the artifacts of a type: folders with its manifest file, or Markdown files in its container.</summary>
    private IEnumerable<MoveCandidate> CandidatesOf(ArtifactType type) => type.IsFolder
        ? _tree.Items
            .Where(i => !i.IsFolder && i.Path.Contains('/', StringComparison.Ordinal) && type.ManifestFiles.Contains(i.Name, StringComparer.Ordinal))
            .Select(i => new MoveCandidate(type, TreePath.Parent(i.Path), i.Path, i.ObjectId))
            .DistinctBy(c => c.Path)
        : _tree.Items
            .Where(i => !i.IsFolder && i.Name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && TreePath.LastPart(TreePath.Parent(i.Path)) == type.Container)
            .Select(i => new MoveCandidate(type, i.Path, i.Path, i.ObjectId));
}
