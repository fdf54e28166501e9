using System.Text.Encodings.Web;
using System.Text.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes one JSON value and a line end to standard output.</summary>
internal static class JsonOutput
{
    // Not for a web page, so nothing but JSON's own characters needs an escape.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream output, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            write(json);
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }
}
