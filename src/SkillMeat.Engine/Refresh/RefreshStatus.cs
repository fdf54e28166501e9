namespace SkillMeat.Refresh;

/// <summary>The outcome of a refresh for one artifact. In JSON: <c>refreshed unchanged skipped error</c>.</summary>
public enum RefreshStatus
{
    /// <summary>At least one field changed (in a dry run: would change).</summary>
    Refreshed,

    /// <summary>All fields are the same as upstream.</summary>
    Unchanged,

    /// <summary>Upstream was not asked or has nothing to offer: the artifact has no upstream, or no longer exists there.</summary>
    Skipped,

    /// <summary>The request failed; the fields stay unchanged.</summary>
    Error,
}
