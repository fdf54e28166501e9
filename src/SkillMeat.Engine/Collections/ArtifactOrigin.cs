namespace SkillMeat.Collections;

/// <summary>The values of the <c>origin</c> of an artifact.</summary>
public static class ArtifactOrigin
{
    /// <summary>Written by the user, or added from a folder.</summary>
    public const string Local = "local";

    /// <summary>Added from a GitHub repository.</summary>
    public const string GitHub = "github";

    /// <summary>Added from a marketplace. <c>origin_source</c> is then the kind of its host.</summary>
    public const string Marketplace = "marketplace";
}
