namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The credentials of a request.</summary>
internal enum Credential
{
    /// <summary>None.</summary>
    None,

    /// <summary>The right token.</summary>
    Valid,

    /// <summary>Anything else.</summary>
    Wrong,
}
