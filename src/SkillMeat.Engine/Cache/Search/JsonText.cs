using System.Buffers;
using System.Text;
using System.Text.Json;

namespace SkillMeat.Cache.Search;

/// <summary>Lists as one parameter of a statement, for <c>json_each</c>.</summary>
internal static class JsonText
{
    /// <summary>Writes texts.</summary>
    public static string Of(IEnumerable<string> texts) => Write(writer =>
    {
        foreach (var text in texts) writer.WriteStringValue(text);
    });

    /// <summary>Writes numbers.</summary>
    public static string Of(IEnumerable<long> numbers) => Write(writer =>
    {
        foreach (var number in numbers) writer.WriteNumberValue(number);
    });

    private static string Write(Action<Utf8JsonWriter> items)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartArray();
            items(writer);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
