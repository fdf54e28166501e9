namespace SkillMeat.Collections;

/// <summary>The values of an artifact's <c>origin</c>.</summary>
public static class ArtifactOrigin
{
    /// <summary>Written by the user, or added from a folder.</summary>
    public const string Local = "local";

    /// <summary>Added from a GitHub repository.</summary>
    public const string GitHub = "github";

    /// <summary>Added from a marketplace; <c>origin_source</c> then says which kind of host it came from.</summary>
    public const string Marketplace = "marketplace";
}
