using Microsoft.AspNetCore.Builder;
using SkillMeat.Server.OpenApi;

namespace SkillMeat.Server.Groups;

/// <summary>Says what the parts of the addresses of groups are.</summary>
internal static class GroupParameters
{
    public static RouteHandlerBuilder WithGroup(this RouteHandlerBuilder endpoint) => endpoint.With("group", "documents", "The name of the group. A slash in it is written %2F.");
}
