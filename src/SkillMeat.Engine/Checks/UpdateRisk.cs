namespace SkillMeat.Checks;

/// <summary>
/// The risk that an update poses to the files in the collection, from a comparison of base, upstream and local files, and with a project to its copies. In JSON: <c>no_update
/// safe_update review_required conflict</c>.
/// </summary>
public enum UpdateRisk
{
    /// <summary>There is no update.</summary>
    NoUpdate,

    /// <summary>Upstream changed, and the local files are as they were fetched.</summary>
    SafeUpdate,

    /// <summary>
    /// Upstream changed, and it is unknown whether the local files did: the lock file has no hash of them, or they do not exist. In a check with a project, local edits that can be merged are known, and count as well.
    /// </summary>
    ReviewRequired,

    /// <summary>Both upstream and the local files changed. In a check with a project, their changes were merged, and are in conflict.</summary>
    Conflict,
}
