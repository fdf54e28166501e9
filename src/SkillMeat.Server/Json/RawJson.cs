using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>JSON that was written before, as UTF-8.</summary>
[JsonConverter(typeof(RawJsonConverter))]
internal sealed record RawJson(ReadOnlyMemory<byte> Bytes);
