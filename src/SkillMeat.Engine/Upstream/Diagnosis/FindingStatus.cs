namespace SkillMeat.Upstream.Diagnosis;

/// <summary>The severity of a finding about an upstream.</summary>
public enum FindingStatus
{
    /// <summary>There is no problem.</summary>
    Ok,

    /// <summary>It works, but could work better.</summary>
    Warning,

    /// <summary>It does not work until somebody fixes it.</summary>
    Error,
}
