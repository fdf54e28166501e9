using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Collections;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Updates;

namespace SkillMeat.Server.Hosting;

/// <summary>The settings of the home. Tokens are neither shown nor taken.</summary>
internal sealed class SettingsEndpoints(ServedHome home)
{
    private readonly HomeSettingsEditor _editor = new(home.Store);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/settings", () => Show(_editor.Read())).Describe("GetSettings", "Shows the settings of the home. A null stands for the default.").Returns<SettingsJson>();
        routes.MapPut("/settings", EditAsync)
            .Describe("EditSettings", "Changes settings of the home. A value that is left out stays as it is, and one that is null is removed, so that the default applies.")
            .Takes(new SettingsEditJson { UpdateStrategy = "merge", MarketplaceHours = 24 }).Returns<SettingsJson>();
    }

    private static JsonAnswer Show(HomeSettings settings) =>
        JsonAnswer.Of(new SettingsJson(settings.ActiveCollection, settings.UpdateStrategy, settings.KeepAutomaticSnapshots, settings.MarketplaceHours, settings.HasGitHubToken));

    private Task<JsonAnswer> EditAsync(SettingsEditJson body, HttpContext context) => home.Edits.RunForHomeAsync(context, async () =>
    {
        if (body.UpdateStrategy is not null) UpdateStrategyNames.Parse(body.UpdateStrategy);
        var edit = new SettingsEdit
        {
            ActiveCollection = body.ActiveCollection,
            UpdateStrategy = body.UpdateStrategy,
            KeepAutomaticSnapshots = body.KeepAutomaticSnapshots,
            MarketplaceHours = body.MarketplaceHours,
            Unset = [.. body.Unset],
        };
        await _editor.EditAsync(edit, home.LockTimeout, IfMatch.Expect<HomeSettings>(context, Show), context.RequestAborted);
        home.Events.Look();
        return Show(_editor.Read());
    });
}
