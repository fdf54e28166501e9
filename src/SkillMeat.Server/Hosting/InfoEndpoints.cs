using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Server.Access;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;

namespace SkillMeat.Server.Hosting;

/// <summary>The service itself.</summary>
internal sealed class InfoEndpoints(ServedHome home)
{
    private static readonly string[] _tokenVariables = ["SKILLMEAT_GITHUB_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"];

    private readonly HomeSettingsEditor _settings = new(home.Store);

    /// <summary>The version of the program.</summary>
    public static string Version { get; } = typeof(InfoEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    public static void MapHealth(IEndpointRouteBuilder routes) =>
        routes.MapGet(AccessMiddleware.HealthPath, Health).Describe("GetHealth", "Says that the service runs. Needs no token, and tells nothing about the home.").Returns<HealthJson>();

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/info", Show).Describe("GetInfo", "Describes the service and its home.").Returns<InfoJson>();

    private static JsonAnswer Health() => JsonAnswer.Of(new HealthJson("ok", Version));

    private JsonAnswer Show() => JsonAnswer.Of(new InfoJson(Version, home.Store.Home, Environment.ProcessId, FindActive(), home.Page.Any, home.StartedAt, HasToken()));

    private string? FindActive()
    {
        try
        {
            return home.Store.ActiveCollection;
        }
        catch (DataFileException)
        {
            // The list of collections says what is wrong.
            return null;
        }
    }

    private bool HasConfiguredToken()
    {
        try
        {
            return _settings.Read().HasGitHubToken;
        }
        catch (DataFileException)
        {
            return false;
        }
    }

    private bool HasToken() => HasConfiguredToken() || home.Options.Upstream.Http.Token is not null || _tokenVariables.Any(name => home.Options.Environment(name) is { Length: > 0 });
}
