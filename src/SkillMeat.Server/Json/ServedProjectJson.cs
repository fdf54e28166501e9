using SkillMeat.Collections;
using SkillMeat.Projects.Registry;
using SkillMeat.Server.Projects;

namespace SkillMeat.Server.Json;

/// <summary>A project, as <c>skm project list</c> prints it, with the id that it has in addresses.</summary>
internal sealed record ServedProjectJson(string Id, string Name, string Path, bool IsMissing, bool IsRegistered, DateTimeOffset? RegisteredAt, TextValues Profiles, int Deployments, string? Problem)
{
    public static ServedProjectJson Of(Project one) => new(
        ProjectAddress.IdOf(one.Path), one.Name, one.Path, one.IsMissing, one.IsRegistered, one.RegisteredAt, one.Profiles, one.Deployments, one.Problem);
}
