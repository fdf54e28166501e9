using System.Text.Json;
using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>Writes JSON that was written before as it is.</summary>
internal sealed class RawJsonConverter : JsonConverter<RawJson>
{
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("These values are only written.");

    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) => writer.WriteRawValue(value.Bytes.Span, skipInputValidation: true);
}
