namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The reason why a repository is closed to a valid token, although it may be open to clients without one.</summary>
public enum TokenRefusal
{
    /// <summary>It is not closed.</summary>
    None,

    /// <summary>The token has no permission for it.</summary>
    Forbidden,

    /// <summary>The organization enforces single sign-on, and the token is not authorized for it.</summary>
    Saml,

    /// <summary>The organization allows only some IP addresses.</summary>
    IpAllowList,

    /// <summary>The organization forbids tokens with a lifetime as long as this one's.</summary>
    TokenLifetime,
}
