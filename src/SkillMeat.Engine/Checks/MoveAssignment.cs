using SkillMeat.Collections;

namespace SkillMeat.Checks;

/// <summary>
/// Decides which artifact moved to which place. No two upstream artifacts move to one place: it goes to the one that matches it best, and to none if several match it equally well.
/// The result does not depend on the order of the artifacts.
/// </summary>
/// <remarks>Artifacts that followed the same path are the same artifact upstream, so they move together.</remarks>
internal sealed class MoveAssignment(FollowedPaths followed)
{
    private readonly Dictionary<UpstreamPlace, MoveClaim> _taken = [];
    private readonly Dictionary<UpstreamPlace, IReadOnlyList<ArtifactId>> _contested = [];
    private readonly Dictionary<ArtifactId, MoveTarget> _moved = [];
    private readonly Dictionary<ArtifactId, MoveTarget> _refused = [];
    private readonly HashSet<ArtifactId> _tied = [];

    /// <summary>Whether the new place of an artifact is decided.</summary>
    public bool HasMoved(ArtifactId id) => _moved.ContainsKey(id);

    /// <summary>Whether there is nothing more to decide about an artifact.</summary>
    public bool IsDecided(ArtifactId id) => HasMoved(id) || _tied.Contains(id);

    /// <summary>Returns the decision about an artifact, or null if no place matches it.</summary>
    public MoveTarget? Find(ArtifactId id) => _moved.GetValueOrDefault(id) ?? _refused.GetValueOrDefault(id);

    /// <summary>Decides about the places that matches of one kind leave. Earlier kinds take precedence.</summary>
    /// <param name="claims">The matches.</param>
    /// <param name="reason">The property by which the artifacts were recognized.</param>
    public void Assign(IEnumerable<MoveClaim> claims, string reason)
    {
        foreach (var rank in claims.GroupBy(claim => claim.Rank).OrderBy(group => group.Key))
        {
            var wishes = rank.Where(claim => !IsDecided(IdOf(claim))).GroupBy(IdOf).Select(Wish).OfType<MoveClaim>().ToList();
            foreach (var place in wishes.GroupBy(PlaceOf)) Decide([.. place], reason);
        }
    }

    private void Decide(IReadOnlyList<MoveClaim> claims, string reason)
    {
        if (claims.Select(OwnerOf).Distinct().Count() > 1)
        {
            var rivals = claims.Select(IdOf).ToList();
            _contested.TryAdd(PlaceOf(claims[0]), rivals);
            foreach (var claim in claims) _refused.TryAdd(IdOf(claim), Refusal($"'{claim.Path}' matches {Join(rivals)} equally well, so it is the new place of none of them."));
            return;
        }

        foreach (var claim in claims)
        {
            _taken.TryAdd(PlaceOf(claim), claim);
            _moved.Add(IdOf(claim), new MoveTarget(claim.Path, reason, Error: null));
        }
    }

    /// <summary>Returns the only one of equally good places of one artifact that no other one has or contests, or null.</summary>
    private MoveClaim? Wish(IEnumerable<MoveClaim> claims)
    {
        var inOrder = claims.OrderBy(claim => claim.Path.Length).ThenBy(claim => claim.Path, StringComparer.Ordinal).ToList();
        var free = inOrder.FindAll(IsFree);
        if (free.Count == 1) return free[0];
        if (free.Count > 1)
        {
            _tied.Add(IdOf(free[0]));
            _refused[IdOf(free[0])] = Refusal($"{string.Join(" and ", free.Select(claim => $"'{claim.Path}'"))} match it equally well, so it is not known which is its new place.");
            return null;
        }

        _refused.TryAdd(IdOf(inOrder[0]), Refusal(_taken.TryGetValue(PlaceOf(inOrder[0]), out var winner)
            ? $"'{winner.Path}' matches it too, but is the new place of {IdOf(winner)}, which matches better."
            : $"'{inOrder[0].Path}' matches it too, but {Join(_contested[PlaceOf(inOrder[0])])} match it better, so it is the new place of none of them."));
        return null;
    }

    /// <summary>Whether no better match has or contests the place. Those that contest it may still be told apart by another property.</summary>
    private bool IsFree(MoveClaim claim)
    {
        var place = PlaceOf(claim);
        return _taken.TryGetValue(place, out var winner)
            ? OwnerOf(winner) == OwnerOf(claim)
            : !_contested.TryGetValue(place, out var rivals) || rivals.Contains(IdOf(claim));
    }

    private static string Join(IEnumerable<ArtifactId> rivals) => string.Join(" and ", rivals.Select(id => id.ToString()).Order(StringComparer.Ordinal));

    private static MoveTarget Refusal(string reason) => new(Path: null, reason, Error: null);

    private static ArtifactId IdOf(MoveClaim claim) => claim.Artifact.Tracked.Artifact.Id;

    private UpstreamPlace PlaceOf(MoveClaim claim) => followed.PlaceOf(claim.Artifact.Tracked.Source!.Repository, claim.Path);

    /// <summary>The place that the artifact moved away from.</summary>
    private UpstreamPlace OwnerOf(MoveClaim claim) => followed.PlaceOf(claim.Artifact.Tracked.Source!.Repository, claim.Artifact.Tracked.Source.Path);
}
