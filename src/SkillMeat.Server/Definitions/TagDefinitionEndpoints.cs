using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Collections;
using SkillMeat.Editing;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Paging;

namespace SkillMeat.Server.Definitions;

/// <summary>The tag definitions of a manifest.</summary>
internal sealed class TagDefinitionEndpoints(ServedHome home)
{
    private const string All = "/collections/{collection}/tag-definitions";
    private const string One = $"{All}/{{name}}";

    private readonly ManifestEdits _edits = new(home);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(All, (string collection) => ListOf(home.Collections.Read(collection))).Describe("ListTagDefinitions", "Lists the tags that a collection defines, all at once.").Returns<PageJson<TagEntryJson>>();
        routes.MapPost(All, CreateAsync).Describe("CreateTagDefinition", "Defines a tag.").Takes(new TagDefinitionEditJson { Name = "draft", Color = "slate" }).Returns<TagEntryJson>(StatusCodes.Status201Created);
        routes.MapGet(One, (string collection, string name, HttpContext context) => TagOf(home.Collections.Read(collection), NameOf(context, name))).Describe("GetTagDefinition", "Shows a tag definition.").Returns<TagEntryJson>();
        routes.MapPut(One, EditAsync).Describe("EditTagDefinition", "Changes a tag definition. A value that is left out stays as it is, and one that is null is removed.")
            .Takes(new TagDefinitionEditJson { Color = "#3b82f6" }).Returns<TagEntryJson>();
        routes.MapDelete(One, RemoveAsync).Describe("DeleteTagDefinition", "Deletes a tag definition. The tags of artifacts stay.").Returns<RemovedEntryJson>();
    }

    private static string NameOf(HttpContext context, string name) => AddressName.Of(context, nameof(name), name);

    private static JsonAnswer ListOf(Collection collection) => JsonAnswer.Of(PageQuery.Whole([.. collection.TagDefinitions.Select(TagEntryJson.Of)]));

    private static TagEntryJson Find(Collection collection, string name) =>
        TagEntryJson.Of(EntryFinder.Find(collection, ManifestList.TagDefinitions, collection.TagDefinitions, tag => tag.Name, name));

    private static JsonAnswer TagOf(Collection collection, string name) => JsonAnswer.Of(Find(collection, name));

    private async Task<JsonAnswer> CreateAsync(string collection, TagDefinitionEditJson body, HttpContext context)
    {
        var name = ManifestEdits.CheckName(body.Name);
        var result = await _edits.MakeAsync(context, collection, ListOf, new ManifestEdit(ManifestList.TagDefinitions, EditAction.Create, name) { Values = body.Values.All, Position = body.Position });
        return JsonAnswer.Created($"{ServiceRoutes.Base}/collections/{Uri.EscapeDataString(collection)}/tag-definitions/{Uri.EscapeDataString(name)}", Find(result.After, name));
    }

    private async Task<JsonAnswer> EditAsync(string collection, string name, TagDefinitionEditJson body, HttpContext context)
    {
        var tag = NameOf(context, name);
        var newName = body.Name is null ? null : ManifestEdits.CheckName(body.Name);
        var edit = new ManifestEdit(ManifestList.TagDefinitions, EditAction.Set, tag) { NewName = newName, Values = body.Values.All, Position = body.Position };
        return TagOf((await _edits.MakeAsync(context, collection, read => TagOf(read, tag), edit)).After, newName ?? tag);
    }

    private async Task<JsonAnswer> RemoveAsync(string collection, string name, HttpContext context)
    {
        var tag = NameOf(context, name);
        var result = await _edits.MakeAsync(context, collection, read => TagOf(read, tag), new ManifestEdit(ManifestList.TagDefinitions, EditAction.Remove, tag));
        return JsonAnswer.Of(new RemovedEntryJson(collection, tag, result.SnapshotId));
    }
}
