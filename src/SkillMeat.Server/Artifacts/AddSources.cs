using SkillMeat.Browsing;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Json;

namespace SkillMeat.Server.Artifacts;

/// <summary>The sources of artifacts to add.</summary>
internal sealed record AddSources(string Collection, IReadOnlyList<string> Specs, IReadOnlyList<ArtifactType> Types, string? Name, bool IsAll, bool KeepsGoing, string BaseFolder)
{
    /// <summary>The group to which the artifacts are added as well, or null.</summary>
    public string? Group { get; init; }

    private const int MostSpecs = 1000;

    /// <summary>Reads a request.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>.</exception>
    public static AddSources Read(string collection, AddRequestJson body, string baseFolder)
    {
        if (body.Specs is not { Count: > 0 } specs) throw Invalid("Send the sources: {\"specs\": [\"owner/repo/path\"]}.");
        if (specs.Count > MostSpecs) throw Invalid($"{specs.Count} sources are too many for one request. Send at most {MostSpecs}.");
        if (specs.Any(string.IsNullOrWhiteSpace)) throw Invalid("A source is empty.");
        BodyValue.CheckLengths("specs", specs);
        if (body.Name is not null && (specs.Count > 1 || body.All == true)) throw Invalid("A name applies to one artifact.");
        var types = ArtifactFilter.Parse(body.Type is null ? [] : [body.Type], []).Types;
        if (types.Count > 1 && body.All != true) throw Invalid("Several types select among the artifacts of a source, together with \"all\": true. A single artifact has one type.");
        return new AddSources(collection, specs, types, body.Name, body.All == true, body.KeepGoing == true, baseFolder) { Group = string.IsNullOrEmpty(body.Group) ? null : body.Group };
    }

    /// <summary>The name that the artifact of a source gets unless it is taken: that of its folder or file.</summary>
    public static string NameOf(string spec)
    {
        var last = spec.TrimEnd('/', '\\').Split('/', '\\')[^1].Split('@', '#')[0];
        return last.EndsWith(".md", StringComparison.OrdinalIgnoreCase) ? last[..^3] : last;
    }

    public BrowseRequest ToBrowseRequest(IReadOnlyList<string> specs) => new() { Sources = [.. specs.Distinct(StringComparer.Ordinal)], Types = Types, Collection = Collection, BaseFolder = BaseFolder };

    private static SkillMeatException Invalid(string message) => new(ErrorIds.InvalidArgument, message);
}
