using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;

namespace SkillMeat.Server.Background;

/// <summary>The background refresh of the home.</summary>
internal sealed class BackgroundEndpoints(ServedHome home)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/background", Show)
        .Describe("GetBackground", "Shows the background refresh of the home, in whatever process it runs.").Returns<BackgroundJson>();

    private JsonAnswer Show() => JsonAnswer.Of(BackgroundJson.Of(home.Refresh.Status, home.Refresh.IsOn, home.Refresh.Last));
}
