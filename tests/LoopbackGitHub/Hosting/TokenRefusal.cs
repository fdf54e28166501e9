namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Why a repository is closed to a valid token, though it may be open to everybody without one.</summary>
public enum TokenRefusal
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>The token has no right to it.</summary>
    Forbidden,

    /// <summary>The organization enforces single sign-on, and the token is not authorized for it.</summary>
    Saml,

    /// <summary>The organization allows only some addresses.</summary>
    IpAllowList,

    /// <summary>The organization forbids tokens that live as long as this one.</summary>
    TokenLifetime,
}
