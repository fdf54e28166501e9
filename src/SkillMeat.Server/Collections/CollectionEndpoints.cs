using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Organizing;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Paging;

namespace SkillMeat.Server.Collections;

/// <summary>Collections: list, show, create, rename, describe, make active, delete.</summary>
internal sealed class CollectionEndpoints(ServedHome home)
{
    private const string One = "/collections/{collection}";

    private readonly CollectionOrganizer _organizer = new(home.Store, home.Options.Environment);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/collections", List).Describe("ListCollections", "Lists the collections by name. An unreadable one is listed with its problem.").Returns<PageJson<CollectionSummaryJson>>();
        routes.MapPost("/collections", CreateAsync).Describe("CreateCollection", "Creates an empty collection.").Takes(new CollectionRequestJson("work")).Returns<CollectionSummaryJson>(StatusCodes.Status201Created);
        routes.MapGet(One, (string collection) => Show(home.Collections.Read(collection))).Describe("GetCollection", "Shows a collection.").Returns<CollectionSummaryJson>();
        routes.MapPut(One, EditAsync).Describe("EditCollection", "Renames a collection, describes it, or makes it the active one. A value that is left out stays as it is.")
            .Takes(new CollectionEditJson { Description = "For work", IsActive = true }).Returns<CollectionSummaryJson>();
        routes.MapDelete(One, DeleteAsync).Describe("DeleteCollection", "Deletes a collection with its files, after a snapshot from which it can be restored.").Returns<DeletedCollectionJson>();
    }

    private static JsonAnswer Show(Collection collection) => JsonAnswer.Of(Summarize(collection.Summarize()));

    // Values of environment variables may be secret.
    private static CollectionSummaryJson Summarize(CollectionSummary collection) => CollectionSummaryJson.Of(collection) with { McpServers = [.. collection.McpServers.Select(server => McpServerJson.Of(server.Masked()))] };

    private static SkillMeatException Stale(string collection) => new(ErrorIds.StaleEdit, $"Collection '{collection}' was changed since it was read. Read it again, and repeat the edit.");

    private JsonAnswer List(int? limit, string? cursor) => JsonAnswer.Of(PageQuery.Of([.. home.Collections.List().Select(Summarize)], limit, cursor));

    private Task<JsonAnswer> CreateAsync(CollectionRequestJson body, HttpContext context)
    {
        if (body.Name is not { Length: > 0 } name) throw new SkillMeatException(ErrorIds.InvalidArgument, "The collection has no name: send {\"name\": \"…\"}.");
        return home.Edits.RunForHomeAsync(context, async () =>
        {
            await _organizer.CreateAsync(name, body.Description, home.LockTimeout, context.RequestAborted);
            home.Events.Look();
            return JsonAnswer.Created($"{ServiceRoutes.Base}/collections/{Uri.EscapeDataString(name)}", Summarize(home.Collections.Read(name).Summarize()));
        });
    }

    private Task<JsonAnswer> EditAsync(string collection, CollectionEditJson body, HttpContext context) => home.Edits.RunAsync(context, collection, async () =>
    {
        if (body.IsActive == false) throw new SkillMeatException(ErrorIds.InvalidArgument, "One collection is always the active one. Make another one active instead.");
        var rename = body.Name is not { } newName || newName == collection ? null : new RenameCollectionRequest { Collection = collection, NewName = newName, LockTimeout = home.LockTimeout };
        // Refused before anything is changed.
        if (rename is not null) await _organizer.RenameAsync(rename with { DryRun = true }, context.RequestAborted);
        var expects = IfMatch.Expect<Collection>(context, Show);
        try
        {
            // The first change of the collection is one with the check. The active one is a setting of the home, beside it.
            if (!body.HasDescription && rename is null && expects?.Invoke(home.Store.Read(collection)) == false) throw Stale(collection);
            if (body.HasDescription) await _organizer.DescribeAsync(collection, body.Description, home.LockTimeout, expects, context.RequestAborted);
            if (body.IsActive == true) await home.Store.SetActiveAsync(collection, home.LockTimeout, context.RequestAborted);
            if (rename is not null) await _organizer.RenameAsync(rename with { Expects = body.HasDescription ? null : expects }, context.RequestAborted);
        }
        finally
        {
            home.Events.Look();
        }

        return Show(home.Collections.Read(rename?.NewName ?? collection));
    });

    private Task<JsonAnswer> DeleteAsync(string collection, HttpContext context) => home.Edits.RunAsync(context, collection, async () =>
    {
        var request = new DeleteCollectionRequest { Collection = collection, Expects = IfMatch.Expect<Collection>(context, Show), LockTimeout = home.LockTimeout };
        var deleted = await _organizer.DeleteAsync(request, context.RequestAborted);
        home.Events.Look();
        return JsonAnswer.Of(DeletedCollectionJson.Of(deleted));
    });
}
