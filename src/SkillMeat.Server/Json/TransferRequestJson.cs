using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>Artifacts that go to another collection: names, <c>type:name</c>, or patterns with <c>*</c> and <c>?</c>. A single one can get another name there.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record TransferRequestJson(
    IReadOnlyList<string>? Artifacts,
    string? To,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? DryRun = null);
