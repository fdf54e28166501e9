using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>A resolved file: a text, or <c>take</c> with <c>ours</c>, <c>theirs</c> or <c>nothing</c>. The state is that of the conflict that the person saw.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ResolvedFileJson(string? Path, string? Text = null, string? State = null, ResolutionChoice? Take = null);
