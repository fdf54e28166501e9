namespace SkillMeat.Cache.Lists;

/// <summary>The state of an artifact in comparison with its upstream, as the last update check found it. In JSON: <c>up_to_date update_available moved deleted unknown</c>.</summary>
public enum ListedState
{
    /// <summary>Upstream has nothing newer.</summary>
    UpToDate,

    /// <summary>Upstream has other content.</summary>
    UpdateAvailable,

    /// <summary>Upstream moved the artifact.</summary>
    Moved,

    /// <summary>Upstream removed the artifact.</summary>
    Deleted,

    /// <summary>The artifact has no upstream, or was not checked since it was fetched.</summary>
    Unknown,
}
