using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Collections;
using SkillMeat.Editing;
using SkillMeat.Errors;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Paging;

namespace SkillMeat.Server.Definitions;

/// <summary>The MCP servers of a manifest. Values of environment variables may be secret: they are set, and never shown.</summary>
internal sealed class McpServerEndpoints(ServedHome home)
{
    private const string All = "/collections/{collection}/mcp-servers";
    private const string One = $"{All}/{{name}}";

    private readonly ManifestEdits _edits = new(home);
    private readonly SecretTags _tags = new();

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(All, (string collection) => ListOf(home.Collections.Read(collection)))
            .Describe("ListMcpServers", "Lists the MCP servers of a manifest, all at once. Values of environment variables are masked.").Returns<PageJson<McpEntryJson>>();
        routes.MapPost(All, CreateAsync).Describe("CreateMcpServer", "Adds an MCP server.")
            .Takes(new McpServerEditJson { Name = "files", Repo = "octo/mcp-files", EnvVars = new() { ["ROOT"] = "/srv/files" } }).Returns<McpEntryJson>(StatusCodes.Status201Created);
        routes.MapGet(One, (string collection, string name, HttpContext context) => ServerOf(home.Collections.Read(collection), NameOf(context, name)))
            .Describe("GetMcpServer", "Shows an MCP server. Values of environment variables are masked.").With("name", "files").Returns<McpEntryJson>();
        routes.MapPut(One, EditAsync).Describe("EditMcpServer", "Changes an MCP server. Values and variables that are left out stay as they are, and those that are null are removed.")
            .With("name", "files").Takes(new McpServerEditJson { Version = "v2.0.0" }).Returns<McpEntryJson>();
        routes.MapDelete(One, RemoveAsync).Describe("DeleteMcpServer", "Removes an MCP server from the manifest.").With("name", "files").Returns<RemovedEntryJson>();
    }

    private static string NameOf(HttpContext context, string name) => AddressName.Of(context, nameof(name), name);

    private static McpServer Find(Collection collection, string name) => EntryFinder.Find(collection, ManifestList.McpServers, collection.McpServers, server => server.Name, name);

    private JsonAnswer ListOf(Collection collection) => Answer(showsValues => PageQuery.Whole<McpEntryJson>([.. collection.McpServers.Select(server => McpEntryJson.Of(server, showsValues))]));

    private JsonAnswer ServerOf(Collection collection, string name) => Answer(showsValues => McpEntryJson.Of(Find(collection, name), showsValues));

    // The tags know the values, so that an edit of a value makes earlier tags stale.
    private JsonAnswer Answer<T>(Func<bool, T> make) => JsonAnswer.Of(make(false), _tags.Of(ServiceJson.BytesOf(make(true))));

    private async Task<JsonAnswer> CreateAsync(string collection, McpServerEditJson body, HttpContext context)
    {
        var name = ManifestEdits.CheckName(body.Name);
        var edit = new ManifestEdit(ManifestList.McpServers, EditAction.Create, name) { Values = body.Values.All, EnvVars = Variables(body, known: []), Position = body.Position };
        var result = await _edits.MakeAsync(context, collection, ListOf, edit);
        return JsonAnswer.Created($"{ServiceRoutes.Base}/collections/{Uri.EscapeDataString(collection)}/mcp-servers/{Uri.EscapeDataString(name)}", McpEntryJson.Of(Find(result.After, name), showsValues: false));
    }

    private async Task<JsonAnswer> EditAsync(string collection, string name, McpServerEditJson body, HttpContext context)
    {
        var server = NameOf(context, name);
        var newName = body.Name is null ? null : ManifestEdits.CheckName(body.Name);
        var variables = Variables(body, [.. Find(home.Collections.Read(collection), server).EnvVars.Keys]);
        var edit = new ManifestEdit(ManifestList.McpServers, EditAction.Set, server) { NewName = newName, Values = body.Values.All, EnvVars = variables, Position = body.Position };
        return ServerOf((await _edits.MakeAsync(context, collection, read => ServerOf(read, server), edit)).After, newName ?? server);
    }

    // A client may send back what it was shown.
    private static Dictionary<string, string?> Variables(McpServerEditJson body, IReadOnlyList<string> known)
    {
        var all = body.EnvVars ?? [];
        var unknown = all.FirstOrDefault(pair => pair.Value == McpServer.Mask && !known.Contains(pair.Key)).Key;
        if (unknown is not null)
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"The value of the environment variable '{unknown}' is '{McpServer.Mask}', which stands for a value that is not shown, and there is none. Send the value.");
        return all.Where(pair => pair.Value != McpServer.Mask).ToDictionary(StringComparer.Ordinal);
    }

    private async Task<JsonAnswer> RemoveAsync(string collection, string name, HttpContext context)
    {
        var server = NameOf(context, name);
        var result = await _edits.MakeAsync(context, collection, read => ServerOf(read, server), new ManifestEdit(ManifestList.McpServers, EditAction.Remove, server));
        return JsonAnswer.Of(new RemovedEntryJson(collection, server, result.SnapshotId));
    }
}
