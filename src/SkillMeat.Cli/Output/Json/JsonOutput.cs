using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SkillMeat.Cli.Output.Json;

/// <summary>Writes one JSON value and a line end to standard output, piece by piece, so that a long list is not held in memory as a whole.</summary>
internal static class JsonOutput
{
    // The output is not HTML, so only the characters that JSON requires are escaped.
    private static readonly JsonContract _contract = new(new JsonSerializerOptions(JsonContract.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static void Write<T>(Stream output, T value)
    {
        JsonSerializer.Serialize(output, value, (JsonTypeInfo<T>)_contract.GetTypeInfo(typeof(T))!);
        output.WriteByte((byte)'\n');
        output.Flush();
    }
}
