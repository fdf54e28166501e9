namespace SkillMeat.Refresh;

/// <summary>What a refresh did to one artifact. In JSON: <c>refreshed unchanged skipped error</c>.</summary>
public enum RefreshStatus
{
    /// <summary>At least one field changed (in a dry run: would change).</summary>
    Refreshed,

    /// <summary>Upstream says what the collection has.</summary>
    Unchanged,

    /// <summary>There was nothing to ask: no upstream, or the artifact is no longer there.</summary>
    Skipped,

    /// <summary>Upstream could not tell; what is known stays.</summary>
    Error,
}
