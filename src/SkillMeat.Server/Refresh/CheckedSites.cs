using SkillMeat.Errors;
using SkillMeat.Projects.Updating;
using SkillMeat.Refresh;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.Projects;

namespace SkillMeat.Server.Refresh;

/// <summary>The projects whose copies an update check takes in.</summary>
internal static class CheckedSites
{
    /// <summary>Returns the check together with the named projects, or null if none is named.</summary>
    /// <exception cref="SkillMeatException">A project does not exist, or they are named for something other than a check.</exception>
    public static ProjectCheckRequest? Read(ServedHome home, RefreshMode mode, RefreshRequestJson? body, RefreshRequest request)
    {
        var (projects, profiles) = (BodyValue.Texts("projects", body?.Projects) ?? [], BodyValue.Texts("profiles", body?.Profiles) ?? []);
        if (mode != RefreshMode.Check && projects.Count + profiles.Count > 0) throw Invalid("projects and profiles are for mode=check only: a refresh changes collections only.");
        if (projects.Count == 0) return profiles.Count == 0 ? null : throw Invalid("profiles needs projects.");
        return new ProjectCheckRequest(request)
        {
            Projects = [.. projects.Where(one => one != ProjectAddress.User).Select(one => home.Projects.Get(one).Path)],
            IncludeUser = projects.Contains(ProjectAddress.User),
            Profiles = profiles,
        };
    }

    private static SkillMeatException Invalid(string message) => new(ErrorIds.InvalidArgument, message);
}
