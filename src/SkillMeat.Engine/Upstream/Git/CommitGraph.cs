namespace SkillMeat.Upstream.Git;

/// <summary>The commits that a server sent, which are those that are reachable from some commits and not from one commit, the start.</summary>
internal sealed class CommitGraph
{
    private readonly GitObjects _objects;
    private readonly GitOid _start;
    private readonly Dictionary<GitOid, IReadOnlyList<GitOid>> _parents = [];
    private readonly Dictionary<GitOid, Reach> _reaches = [];

    /// <summary>Reads the commits.</summary>
    /// <param name="objects">The objects that were sent.</param>
    /// <param name="start">The commit whose history was left out.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="GitProtocolException">An object is damaged.</exception>
    public CommitGraph(GitObjects objects, GitOid start, CancellationToken cancellationToken)
    {
        _objects = objects;
        _start = start;
        foreach (var id in objects.Oids)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (objects.TryGetKind(id, out var kind) && kind == GitObjectKind.Commit) _parents.Add(id, objects.ReadCommit(id).Parents);
        }
    }

    /// <summary>Counts the commits that are reachable from one commit and not from another one. Null if what was sent does not tell.</summary>
    public int? Count(GitOid older, GitOid newer)
    {
        (older, newer) = (Peel(older), Peel(newer));
        var (before, after) = (ReachOf(older), ReachOf(newer));
        // A server that ignores the start sends the whole history, from which everything can be told.
        if (_parents.ContainsKey(_start)) return before is { IsCut: false, Commits.Count: > 0 } && after is { IsCut: false, Commits.Count: > 0 } ? Difference() : null;
        // A commit that is not there is reachable from the start.
        if (older == Peel(_start)) return after.Commits.Count;
        if (before.Commits.Count == 0) return null;
        // A commit that was left out is reachable from the older commit too, or the newer one leads to nothing of it.
        return before.HasStart || after is { IsCut: false, Commits.Count: > 0 } ? Difference() : null;

        int Difference() => after.Commits.Count(commit => !before.Commits.Contains(commit));
    }

    private GitOid Peel(GitOid id) => _objects.TryGetKind(id, out var kind) && kind == GitObjectKind.Tag ? _objects.Peel(id) : id;

    private Reach ReachOf(GitOid from)
    {
        if (_reaches.TryGetValue(from, out var known)) return known;
        var (commits, open) = (new HashSet<GitOid>(), new Stack<GitOid>([from]));
        var (hasStart, isCut) = (false, false);
        while (open.TryPop(out var commit))
        {
            if (!_parents.TryGetValue(commit, out var parents))
            {
                hasStart |= commit == _start;
                isCut = true;
            }
            else if (commits.Add(commit))
            {
                foreach (var parent in parents) open.Push(parent);
            }
        }

        var reach = new Reach(commits, hasStart, isCut);
        _reaches.Add(from, reach);
        return reach;
    }

    /// <summary>The commits that are reachable from one.</summary>
    /// <param name="Commits">Those that were sent.</param>
    /// <param name="HasStart">Whether the start was reached.</param>
    /// <param name="IsCut">Whether commits were reached that were not sent.</param>
    private sealed record Reach(HashSet<GitOid> Commits, bool HasStart, bool IsCut);
}
