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

    /// <summary>Finds artifacts by their tree or blob id, which identifies the content.</summary>
    public void FindSameContent(Dictionary<ArtifactId, MoveTarget> targets)
    {
        var wanted = _gone.Select(g => g.Path.BaseObjectId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var places = _tree.Items
            .Where(i => wanted.Contains(i.ObjectId) && !_followed.Contains(_tree.Question.Repository, i.Path))
            .ToLookup(i => (i.ObjectId, i.IsFolder));
        var left = new List<AnsweredArtifact>();
        foreach (var one in _gone)
        {
            var found = one.Path.BaseObjectId is { } id ? Best(one, places[(id, one.Tracked.Artifact.Id.Type.IsFolder)].Select(i => i.Path)) : null;
            if (found is null)
            {
                left.Add(one);
            }
            else
            {
                targets[one.Tracked.Artifact.Id] = new MoveTarget(found, "The same content is at another path.", Error: null);
            }
        }

        _gone = left;
        Candidates = left.Select(g => g.Tracked.Artifact.Id.Type).Distinct()
            .SelectMany(CandidatesOf)
            .Where(c => !_followed.Contains(_tree.Question.Repository, c.Path))
            .ToList();
    }

    /// <summary>
    /// Finds artifacts by type and name. The others count as deleted, unless the tree is incomplete or a candidate could not be read.
    /// </summary>
    public void FindSameNames(Dictionary<ArtifactId, MoveTarget> targets)
    {
        foreach (var one in _gone)
        {
            var type = one.Tracked.Artifact.Id.Type;
            var names = new[] { one.Tracked.Artifact.Name, type.NameAt(one.Tracked.Source!.Path) }.Distinct(StringComparer.Ordinal);
            var found = Best(one, names.SelectMany(n => _byName.GetValueOrDefault((type, n)) ?? []).Select(c => c.Path));
            if (found is not null)
            {
                targets[one.Tracked.Artifact.Id] = new MoveTarget(found, "An artifact of the same type and name is at another path; its content changed too.", Error: null);
            }
            else if (_error is not null)
            {
                targets[one.Tracked.Artifact.Id] = new MoveTarget(Path: null, Reason: null, _error);
            }
        }
    }

    /// <summary>Prefers the path with the same last part, then the shortest path.</summary>
    private static string? Best(AnsweredArtifact gone, IEnumerable<string> paths)
    {
        var last = TreePath.LastPart(gone.Tracked.Source!.Path);
        return paths.OrderByDescending(p => TreePath.LastPart(p) == last).ThenBy(p => p.Length).ThenBy(p => p, StringComparer.Ordinal).FirstOrDefault();
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
