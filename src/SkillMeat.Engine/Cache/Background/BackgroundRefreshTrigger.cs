namespace SkillMeat.Cache.Background;

/// <summary>The reason for a run of the background refresh.</summary>
public enum BackgroundRefreshTrigger
{
    /// <summary>Its time had come.</summary>
    Time,

    /// <summary>Files of the home changed. Such a run contacts no upstream.</summary>
    FileChange,
}
