using SkillMeat.Collections;
using SkillMeat.Projects.Registry;

namespace SkillMeat.Server.Json;

/// <summary>A project, as <c>skm project</c> prints it.</summary>
internal sealed record ProjectJson(string Name, string Path, bool IsMissing, bool IsRegistered, DateTimeOffset? RegisteredAt, TextValues Profiles, int Deployments, string? Problem)
{
    public static ProjectJson Of(Project one) => new(one.Name, one.Path, one.IsMissing, one.IsRegistered, one.RegisteredAt, one.Profiles, one.Deployments, one.Problem);
}
