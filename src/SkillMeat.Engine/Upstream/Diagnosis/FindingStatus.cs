namespace SkillMeat.Upstream.Diagnosis;

/// <summary>How serious a finding about an upstream is.</summary>
public enum FindingStatus
{
    /// <summary>It is as it should be.</summary>
    Ok,

    /// <summary>It works, but not as well as it could.</summary>
    Warning,

    /// <summary>Something does not work until somebody does something about it.</summary>
    Error,
}
