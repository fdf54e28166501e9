using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Browsing;
using SkillMeat.Cache.Marketplaces;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Paging;

namespace SkillMeat.Server.Caching;

/// <summary>Marketplaces: list, register, update, forget, search. Only jobs contact upstream; everything else is answered from what is known.</summary>
internal sealed class MarketplaceEndpoints(ServedHome home)
{
    private readonly MarketplaceRegistry _registry = new(home.Store);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/cache/marketplaces", ListAsync).Describe("ListMarketplaces", "Lists the registered marketplaces, as they are known.").Returns<PageJson<MarketplaceJson>>();
        routes.MapPost("/cache/marketplaces", Register)
            .Describe("RegisterMarketplace", "Registers a marketplace, and lists what it offers.").Takes(new MarketplaceRequestJson("octo/plugins")).ReturnsJob(JobResult.One<MarketplaceResultJson>());
        routes.MapPost("/cache/marketplaces/update", () => Update(null)).Describe("UpdateMarketplaces", "Fetches the lists of all marketplaces.").ReturnsJob(JobResult.List<MarketplaceResultJson>());
        routes.MapDelete("/cache/marketplaces/{marketplace}", ForgetAsync).Describe("ForgetMarketplace", "Forgets a marketplace. Artifacts that came from it stay.")
            .With("marketplace", "plugins", "The name.").Returns<MarketplaceResultJson>();
        routes.MapPost("/cache/marketplaces/{marketplace}/update", (string marketplace) => Update(marketplace))
            .Describe("UpdateMarketplace", "Fetches the list of a marketplace.").With("marketplace", "plugins", "The name.").ReturnsJob(JobResult.List<MarketplaceResultJson>());
        routes.MapGet("/cache/marketplace", SearchAsync).Describe("SearchMarketplaces", "Searches what the registered marketplaces offer, the best match first.")
            .With("marketplace", "plugins", "Only these marketplaces.").With("plugin", "docs", "Only these plugins.")
            .With("state", "new", "Only these states compared with the collection: new, present, behind.").Returns<PageJson<MarketplaceArtifactJson>>();
    }

    private async Task<JsonAnswer> ListAsync(CancellationToken cancellationToken)
    {
        using var session = home.OpenUpstream();
        var found = await new MarketplaceCatalog(home.Cache, session).ListAsync([], isOffline: true, cancellationToken);
        return JsonAnswer.Of(PageQuery.Whole<MarketplaceJson>([.. found.Select(MarketplaceJson.Of)]));
    }

    private JsonAnswer Register(MarketplaceRequestJson body)
    {
        if (string.IsNullOrWhiteSpace(body.Source)) throw new SkillMeatException(ErrorIds.InvalidArgument, "The marketplace has no source: send {\"source\": \"owner/repo\"}.");
        var request = new MarketplaceRegistration { Source = body.Source.Trim(), Name = string.IsNullOrEmpty(body.Name) ? null : body.Name, BaseFolder = home.BaseFolder, LockTimeout = home.LockTimeout };
        return JsonAnswer.Accepted(home.Jobs.Start("marketplace", collection: null, async job =>
        {
            using var session = home.OpenUpstream();
            job.Report(0, 0, "Listing");
            return Changed(MarketplaceResultJson.Of(await new MarketplaceCatalog(home.Cache, session).RegisterAsync(request, job.Cancellation)));
        }));
    }

    private JsonAnswer Update(string? marketplace)
    {
        IReadOnlyList<NamePattern> names = marketplace is null ? [] : [Literal(marketplace)];
        _registry.FindNames(names);
        return JsonAnswer.Accepted(home.Jobs.Start("marketplace", collection: null, async job =>
        {
            using var session = home.OpenUpstream();
            job.Report(0, 0, "Listing");
            return Changed((await new MarketplaceCatalog(home.Cache, session).UpdateAsync(names, job.Cancellation)).Select(MarketplaceResultJson.Of));
        }));
    }

    private async Task<JsonAnswer> ForgetAsync(string marketplace, CancellationToken cancellationToken) =>
        JsonAnswer.Of(Changed(MarketplaceResultJson.Of((await _registry.UnregisterAsync([Literal(marketplace)], home.LockTimeout, cancellationToken))[0])));

    private async Task<JsonAnswer> SearchAsync(
        string? q, [FromQuery] string[]? marketplace, [FromQuery] string[]? plugin, [FromQuery] string[]? type, [FromQuery] string[]? state, string? collection, int? limit, string? cursor, HttpRequest http,
        CancellationToken cancellationToken)
    {
        PageQuery.Limit(limit);
        using var session = home.OpenUpstream();
        var request = new MarketplaceSearch
        {
            Text = q ?? "",
            Types = ArtifactFilter.Parse(QueryValue.Parts(type), []).Types,
            Marketplaces = [.. QueryValue.Parts(marketplace).Select(Literal)],
            Plugins = [.. QueryValue.Parts(plugin).Select(Literal)],
            States = [.. QueryValue.Parts(state).Select(text => QueryValue.Enum<UpstreamArtifactState>("state", text))],
            Collection = string.IsNullOrEmpty(collection) ? null : collection,
            BaseFolder = home.BaseFolder,
            IsOffline = true,
        };
        var found = await new MarketplaceCatalog(home.Cache, session).SearchAsync(request, cancellationToken);
        var page = PageQuery.Of(http, found, limit, cursor, one => $"{one.Marketplace}\n{one.Plugin}\n{one.Type}\n{one.Name}\n{one.Spec}");
        return JsonAnswer.Of(new PageJson<MarketplaceArtifactJson>([.. page.Items.Select(MarketplaceArtifactJson.Of)], page.Total, page.NextCursor));
    }

    private T Changed<T>(T result)
    {
        home.Events.Publish(["marketplaces"], []);
        return result;
    }

    // In an address, a star is a star.
    private static NamePattern Literal(string name) => new(name, IsLiteral: true, one => one.Equals(name, StringComparison.OrdinalIgnoreCase));
}
