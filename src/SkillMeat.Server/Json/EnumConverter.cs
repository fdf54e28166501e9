using System.Text.Json;
using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>Writes a value of an enumeration as <c>kept_local</c>.</summary>
internal sealed class EnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
