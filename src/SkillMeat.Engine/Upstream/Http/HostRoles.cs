namespace SkillMeat.Upstream.Http;

/// <summary>Questions about roles that concern several of them.</summary>
internal static class HostRoles
{
    /// <summary>Whether it is git's smart HTTP, be it a GET or a POST.</summary>
    public static bool IsGit(this HostRole role) => role is HostRole.Git or HostRole.GitObjects;
}
