using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Collections;
using SkillMeat.Editing;
using SkillMeat.Errors;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Definitions;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Paging;

namespace SkillMeat.Server.Groups;

/// <summary>Groups of artifacts: list, show, create, edit, order, delete.</summary>
internal sealed class GroupEndpoints(ServedHome home)
{
    private const string All = "/collections/{collection}/groups";
    private const string One = $"{All}/{{group}}";

    private readonly ManifestEdits _edits = new(home);

    // A collection that did not change is the same object.
    private readonly ConditionalWeakTable<Collection, JsonAnswer> _lists = [];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(All, (string collection) => _lists.GetValue(home.Collections.Read(collection), ListOf)).Describe("ListGroups", "Lists the groups of a collection in their order, all at once.").Returns<PageJson<GroupJson>>();
        routes.MapPost(All, CreateAsync).Describe("CreateGroup", "Creates a group at the end, or at a position.")
            .Takes(new GroupEditJson { Name = "writing", Description = "For texts", Color = "#3b82f6" }).Returns<GroupJson>(StatusCodes.Status201Created);
        routes.MapPut($"{All}/order", OrderAsync).Describe("OrderGroups", "Puts groups first, in the given order. If-Match is the ETag of the list.")
            .Takes(new GroupOrderJson { Names = ["research", "documents"] }).Returns<PageJson<GroupJson>>();
        routes.MapGet(One, (string collection, string group, HttpContext context) => GroupOf(home.Collections.Read(collection), NameOf(context, group)))
            .Describe("GetGroup", "Shows a group with its members.").WithGroup().Returns<GroupJson>();
        routes.MapPut(One, (string collection, string group, GroupEditJson body, HttpContext context) => EditAsync(collection, NameOf(context, group), body, context))
            .Describe("EditGroup", "Changes a group. A value that is left out stays as it is, and one that is null is removed.").WithGroup().Takes(new GroupEditJson { Description = "PDF and more", Color = "slate" }).Returns<GroupJson>();
        routes.MapDelete(One, RemoveAsync).Describe("DeleteGroup", "Deletes a group. Its members stay in the collection.").WithGroup().Returns<RemovedEntryJson>();
    }

    private static string NameOf(HttpContext context, string group) => AddressName.Of(context, nameof(group), group);

    private static JsonAnswer ListOf(Collection collection) => JsonAnswer.Of(PageQuery.Whole([.. collection.ListGroups().Select(GroupJson.Of)]));

    private static JsonAnswer GroupOf(Collection collection, string name) => JsonAnswer.Of(GroupJson.Of(collection.FindGroup(name)));

    private async Task<JsonAnswer> CreateAsync(string collection, GroupEditJson body, HttpContext context)
    {
        var name = ManifestEdits.CheckName(body.Name);
        var edit = new ManifestEdit(ManifestList.Groups, EditAction.Create, name) { Values = body.Values.All, Items = Texts.Check("members", body.Members ?? []), Position = body.Position };
        var result = await _edits.MakeAsync(context, collection, ListOf, edit);
        return JsonAnswer.Created($"{ServiceRoutes.Base}/collections/{Uri.EscapeDataString(collection)}/groups/{Uri.EscapeDataString(name)}", GroupJson.Of(result.After.FindGroup(name)));
    }

    private async Task<JsonAnswer> EditAsync(string collection, string group, GroupEditJson body, HttpContext context)
    {
        var edits = new List<ManifestEdit>();
        // Before the name changes.
        if (body.Members is not null) edits.Add(new ManifestEdit(ManifestList.Groups, EditAction.SetMembers, group) { Items = Texts.Check("members", body.Members) });
        var newName = body.Name is null ? null : ManifestEdits.CheckName(body.Name);
        edits.Add(new ManifestEdit(ManifestList.Groups, EditAction.Set, group) { NewName = newName, Values = body.Values.All, Position = body.Position });
        var result = await _edits.MakeAsync(context, collection, read => GroupOf(read, group), [.. edits]);
        return GroupOf(result.After, newName ?? group);
    }

    private async Task<JsonAnswer> OrderAsync(string collection, GroupOrderJson body, HttpContext context)
    {
        // A group can have the name of this address.
        if (body.Names is not { } names) return await EditAsync(collection, AddressName.Last(context), body, context);
        if (body is not { Name: null, Members: null, Position: null, Values.All.Count: 0 })
            throw new SkillMeatException(ErrorIds.InvalidArgument, "names are for the order of all groups, and the other values are for one group: send one or the other.");
        var result = await _edits.MakeAsync(context, collection, ListOf, new ManifestEdit(ManifestList.Groups, EditAction.Order, "") { Items = Texts.Check("names", names) });
        return ListOf(result.After);
    }

    private async Task<JsonAnswer> RemoveAsync(string collection, string group, HttpContext context)
    {
        var name = NameOf(context, group);
        var result = await _edits.MakeAsync(context, collection, read => GroupOf(read, name), new ManifestEdit(ManifestList.Groups, EditAction.Remove, name));
        return JsonAnswer.Of(new RemovedEntryJson(collection, name, result.SnapshotId));
    }
}
