namespace SkillMeat.Checks;

/// <summary>What taking an update would mean for the files in the collection: baseline, upstream and local compared. In JSON: <c>no_update safe_update review_required conflict</c>.</summary>
public enum UpdateRisk
{
    /// <summary>There is nothing to take.</summary>
    NoUpdate,

    /// <summary>Upstream changed and the local files are as they were fetched.</summary>
    SafeUpdate,

    /// <summary>Upstream changed, and whether the local files did can't be told, as the lock file has no hash of them or they are not there.</summary>
    ReviewRequired,

    /// <summary>Upstream changed and so did the local files.</summary>
    Conflict,
}
