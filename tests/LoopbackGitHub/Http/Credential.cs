namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Who a request says it comes from.</summary>
internal enum Credential
{
    /// <summary>It says nothing.</summary>
    None,

    /// <summary>The right token.</summary>
    Valid,

    /// <summary>Anything else.</summary>
    Wrong,
}
