namespace SkillMeat.Upstream.Http;

/// <summary>Extension methods for <see cref="HostRole"/>.</summary>
internal static class HostRoles
{
    /// <summary>Whether the role is one of git's smart HTTP.</summary>
    public static bool IsGit(this HostRole role) => role is HostRole.Git or HostRole.GitObjects;
}
