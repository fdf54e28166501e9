using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes one JSON value and a line end to standard output, piece by piece, so that a long list is not held in memory as a whole.</summary>
internal static class JsonOutput
{
    // The output is not HTML, so only the characters that JSON requires are escaped.
    private static readonly JsonContract _contract = new(new JsonSerializerOptions(JsonContract.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    // Of the same contract, on one line.
    private static readonly JsonContract _lines = new(new JsonSerializerOptions(JsonContract.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = false });

    public static void Write<T>(Stream output, T value) => Write(output, value, _contract);

    /// <summary>Writes a value on one line.</summary>
    public static void WriteLine<T>(Stream output, T value) => Write(output, value, _lines);

    private static void Write<T>(Stream output, T value, JsonContract contract)
    {
        JsonSerializer.Serialize(output, value, (JsonTypeInfo<T>)contract.GetTypeInfo(typeof(T))!);
        output.WriteByte((byte)'\n');
        output.Flush();
    }
}
