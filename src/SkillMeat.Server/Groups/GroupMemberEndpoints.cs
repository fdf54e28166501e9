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

/// <summary>The members of groups. Each edit answers the members as they are afterwards.</summary>
internal sealed class GroupMemberEndpoints(ServedHome home)
{
    private const string All = "/collections/{collection}/groups/{group}/members";

    private readonly ManifestEdits _edits = new(home);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(All, (string collection, string group, HttpContext context) => MembersOf(home.Collections.Read(collection), NameOf(context, group)))
            .Describe("ListGroupMembers", "Lists the members of a group in their order, all at once.").WithGroup().Returns<PageJson<GroupMemberJson>>();
        routes.MapPost(All, AddAsync).Describe("AddGroupMembers", "Adds artifacts at the end of a group, or at a position, to which members that it has already move.")
            .WithGroup().Takes(new GroupMembersJson(["skill:pdf-tools"], Position: 0)).Returns<PageJson<GroupMemberJson>>();
        routes.MapPut(All, SetAsync).Describe("SetGroupMembers", "Makes the members of a group these alone, in this order.")
            .WithGroup().Takes(new GroupMembersJson(["skill:pdf-tools", "skill:meeting-notes"])).Returns<PageJson<GroupMemberJson>>();
        routes.MapDelete($"{All}/{{id}}", RemoveAsync).Describe("RemoveGroupMember", "Removes a member from a group. The artifact stays in the collection.").WithGroup().Returns<PageJson<GroupMemberJson>>();
    }

    private static string NameOf(HttpContext context, string group) => AddressName.Of(context, nameof(group), group);

    private static JsonAnswer MembersOf(Collection collection, string group) => JsonAnswer.Of(PageQuery.Whole(GroupMemberJson.Of(collection.FindGroup(group))));

    private Task<JsonAnswer> AddAsync(string collection, string group, GroupMembersJson body, HttpContext context) =>
        EditAsync(collection, NameOf(context, group), EditAction.AddMembers, Texts.CheckSome("artifacts", body.Artifacts), body.Position, context);

    private Task<JsonAnswer> SetAsync(string collection, string group, GroupMembersJson body, HttpContext context)
    {
        if (body.Artifacts is not { } artifacts) throw new SkillMeatException(ErrorIds.InvalidArgument, "artifacts is missing: send {\"artifacts\": […]} with all members, or with [] for none.");
        if (body.Position is not null) throw new SkillMeatException(ErrorIds.InvalidArgument, "All members are given in their order, so there is no position. Use POST to add some.");
        return EditAsync(collection, NameOf(context, group), EditAction.SetMembers, Texts.Check("artifacts", artifacts), position: null, context);
    }

    private Task<JsonAnswer> RemoveAsync(string collection, string group, string id, HttpContext context) =>
        EditAsync(collection, NameOf(context, group), EditAction.RemoveMembers, [AddressName.Of(context, nameof(id), id)], position: null, context);

    private async Task<JsonAnswer> EditAsync(string collection, string group, EditAction action, IReadOnlyList<string> items, int? position, HttpContext context)
    {
        var edit = new ManifestEdit(ManifestList.Groups, action, group) { Items = items, Position = position };
        return MembersOf((await _edits.MakeAsync(context, collection, read => MembersOf(read, group), edit)).After, group);
    }
}
