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
        routes.MapDelete(One, DeleteAsync).Describe("DeleteCollection", "Deletes a collection with its files, after a snapshot from which it can be restored.")
            .With("force", "false", "Whether to delete it even if deployments are links to its files, which lead nowhere then. They are linked_deployments of a dry run.")
            .With("dry_run", "false", "Whether to only report what would be deleted.").Returns<DeletedCollectionJson>();
    }

    private static JsonAnswer Show(Collection collection) => JsonAnswer.Of(Summarize(collection.Summarize()));

    // Values of environment variables may be secret.
    private static CollectionSummaryJson Summarize(CollectionSummary collection) => CollectionSummaryJson.Of(collection) with { McpServers = [.. collection.McpServers.Select(server => McpServerJson.Of(server.Masked()))] };

    private JsonAnswer List(int? limit, string? cursor, HttpRequest request) =>
        JsonAnswer.Of(PageQuery.Of<CollectionSummaryJson>(request, [.. home.Collections.List().Select(Summarize)], limit, cursor, one => one.Name));

    private Task<JsonAnswer> CreateAsync(CollectionRequestJson body, HttpContext context)
    {
        if (body.Name is not { Length: > 0 } name) throw new SkillMeatException(ErrorIds.InvalidArgument, "The collection has no name: send {\"name\": \"…\"}.");
        CollectionOrganizer.CheckDescription(body.Description);
        return home.Edits.RunForHomeAsync(context, async () =>
        {
            await _organizer.CreateAsync(name, body.Description, activates: false, home.LockTimeout, context.RequestAborted);
            home.Events.Look();
            return JsonAnswer.Created($"{ServiceRoutes.Base}/collections/{Uri.EscapeDataString(name)}", Summarize(home.Collections.Read(name).Summarize()));
        });
    }

    private Task<JsonAnswer> EditAsync(string collection, CollectionEditJson body, HttpContext context) => home.Edits.RunAsync(context, collection, async () =>
    {
        if (body.IsActive == false) throw new SkillMeatException(ErrorIds.InvalidArgument, "One collection is always the active one. Make another one active instead.");
        var (description, activates, expects) = (body.HasDescription ? body.Description ?? "" : null, body.IsActive == true, IfMatch.Expect<Collection>(context, Show));
        var name = body.Name ?? collection;
        if (name == collection)
        {
            var edit = new EditCollectionRequest { Collection = collection, Description = description, Activates = activates, Expects = expects, LockTimeout = home.LockTimeout };
            await _organizer.EditAsync(edit, context.RequestAborted);
        }
        else
        {
            var rename = new RenameCollectionRequest { Collection = collection, NewName = name, Description = description, Activates = activates, Expects = expects, LockTimeout = home.LockTimeout };
            await _organizer.RenameAsync(rename, context.RequestAborted);
        }

        home.Events.Look();
        return Show(home.Collections.Read(name));
    });

    private Task<JsonAnswer> DeleteAsync(string collection, bool? force, bool? dry_run, HttpContext context) => home.Edits.RunAsync(context, collection, async () =>
    {
        var request = new DeleteCollectionRequest { Collection = collection, Expects = IfMatch.Expect<Collection>(context, Show), Force = force == true, DryRun = dry_run == true, LockTimeout = home.LockTimeout };
        var deleted = await _organizer.DeleteAsync(request, context.RequestAborted);
        home.Events.Look();
        return JsonAnswer.Of(DeletedCollectionJson.Of(deleted));
    });
}
