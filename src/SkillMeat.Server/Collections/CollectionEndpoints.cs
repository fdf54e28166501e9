using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Errors;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Paging;

namespace SkillMeat.Server.Collections;

/// <summary>Collections: list, show, create, make active.</summary>
internal sealed class CollectionEndpoints(ServedHome home)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/collections", List).Describe("ListCollections", "Lists the collections by name. An unreadable one is listed with its problem.").Returns<PageJson<CollectionSummaryJson>>();
        routes.MapPost("/collections", CreateAsync).Describe("CreateCollection", "Creates an empty collection.").Takes(new CollectionRequestJson("work")).Returns<CollectionSummaryJson>(StatusCodes.Status201Created);
        routes.MapGet("/collections/{collection}", Show).Describe("GetCollection", "Shows a collection.").Returns<CollectionSummaryJson>();
        routes.MapPut("/collections/{collection}", EditAsync).Describe("EditCollection", "Makes a collection the active one.").Takes(new CollectionEditJson(IsActive: true)).Returns<CollectionSummaryJson>();
    }

    private JsonAnswer List(int? limit, string? cursor) => JsonAnswer.Of(PageQuery.Of([.. home.Collections.List().Select(CollectionSummaryJson.Of)], limit, cursor));

    private JsonAnswer Show(string collection) => JsonAnswer.Of(Read(collection));

    private Task<JsonAnswer> CreateAsync(CollectionRequestJson body, HttpContext context)
    {
        if (body.Name is not { Length: > 0 } name) throw new SkillMeatException(ErrorIds.InvalidArgument, "The collection has no name: send {\"name\": \"…\"}.");
        return home.Edits.RunForHomeAsync(context, async () =>
        {
            await home.Store.CreateAsync(name, home.LockTimeout, context.RequestAborted);
            home.Events.Look();
            return JsonAnswer.Created($"{ServiceRoutes.Base}/collections/{Uri.EscapeDataString(name)}", Read(name));
        });
    }

    private Task<JsonAnswer> EditAsync(string collection, CollectionEditJson body, HttpContext context) => home.Edits.RunAsync(context, collection, () => Read(collection), async () =>
    {
        if (body.IsActive == false) throw new SkillMeatException(ErrorIds.InvalidArgument, "One collection is always the active one. Make another one active instead.");
        if (body.IsActive == true) await home.Store.SetActiveAsync(collection, home.LockTimeout, context.RequestAborted);
        home.Events.Look();
        return JsonAnswer.Of(Read(collection));
    });

    private CollectionSummaryJson Read(string collection) => CollectionSummaryJson.Of(home.Collections.Read(collection).Summarize());
}
