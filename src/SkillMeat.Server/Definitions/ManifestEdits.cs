using Microsoft.AspNetCore.Http;
using SkillMeat.Collections;
using SkillMeat.Editing;
using SkillMeat.Errors;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;

namespace SkillMeat.Server.Definitions;

/// <summary>Makes edits of groups, MCP servers, tag definitions and details of artifacts for requests.</summary>
internal sealed class ManifestEdits(ServedHome home)
{
    private readonly ManifestEditor _editor = new(home.Store);

    /// <summary>Makes edits, all of them or none. <c>If-Match</c> is checked under the engine's lock, so it holds against other processes as well.</summary>
    /// <param name="context">The request.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="current">Makes the answer to a GET of the same address.</param>
    /// <param name="edits">The edits.</param>
    public Task<EditResult> MakeAsync(HttpContext context, string collection, Func<Collection, JsonAnswer> current, params ManifestEdit[] edits) =>
        MakeAsync(context, collection, current, new EditRequest { Edits = edits });

    /// <summary>Makes an edit of the details of an artifact.</summary>
    /// <inheritdoc cref="MakeAsync(HttpContext, string, Func{Collection, JsonAnswer}, ManifestEdit[])"/>
    public Task<EditResult> MakeAsync(HttpContext context, string collection, Func<Collection, JsonAnswer> current, DetailsEdit edit) =>
        MakeAsync(context, collection, current, new EditRequest { Details = [edit] });

    private Task<EditResult> MakeAsync(HttpContext context, string collection, Func<Collection, JsonAnswer> current, EditRequest edits) => home.Edits.RunAsync(context, collection, async () =>
    {
        var request = edits with { Collection = collection, Expects = IfMatch.Expect(context, current), LockTimeout = home.LockTimeout };
        var result = await _editor.EditAsync(request, context.RequestAborted);
        home.Events.Look();
        return result;
    });

    /// <summary>Checks the name of a new entry, or the new name of one.</summary>
    /// <exception cref="SkillMeatException">There is none, or no address can have it.</exception>
    public static string CheckName(string? name) => name switch
    {
        null or "" => throw new SkillMeatException(ErrorIds.InvalidArgument, "The name is missing: send {\"name\": \"…\"}."),
        "." or ".." => throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{name}' cannot be a name here, because it means another folder in an address."),
        _ => name,
    };
}
