using System.Text.Json;

namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>Writes <c>errors</c> in GitHub's shape; nothing if there are none.</summary>
internal static class GraphQlErrorWriter
{
    public static void Write(Utf8JsonWriter output, string text, IReadOnlyList<GraphQlError> errors)
    {
        if (errors.Count == 0)
        {
            return;
        }

        output.WriteStartArray("errors");
        foreach (var error in errors)
        {
            WriteOne(output, text, error);
        }

        output.WriteEndArray();
    }

    private static void WriteOne(Utf8JsonWriter output, string text, GraphQlError error)
    {
        output.WriteStartObject();
        if (error.Type is not null)
        {
            output.WriteString("type", error.Type);
        }

        if (error.Path is not null)
        {
            WritePath(output, error.Path);
        }

        if (error.Code is not null || error.Extensions.Count > 0)
        {
            WriteExtensions(output, error);
        }

        if (error.Position is { } position)
        {
            WriteLocation(output, text, position);
        }

        output.WriteString("message", error.Message);
        output.WriteEndObject();
    }

    private static void WritePath(Utf8JsonWriter output, IReadOnlyList<object> path)
    {
        output.WriteStartArray("path");
        foreach (var step in path)
        {
            if (step is int index)
            {
                output.WriteNumberValue(index);
            }
            else
            {
                output.WriteStringValue((string)step);
            }
        }

        output.WriteEndArray();
    }

    private static void WriteExtensions(Utf8JsonWriter output, GraphQlError error)
    {
        output.WriteStartObject("extensions");
        if (error.Code is not null)
        {
            output.WriteString("code", error.Code);
        }

        foreach (var (name, value) in error.Extensions)
        {
            if (value is bool flag)
            {
                output.WriteBoolean(name, flag);
            }
            else
            {
                output.WriteString(name, (string)value);
            }
        }

        output.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter output, string text, int position)
    {
        var before = text.AsSpan(0, Math.Min(position, text.Length));
        output.WriteStartArray("locations");
        output.WriteStartObject();
        output.WriteNumber("line", before.Count('\n') + 1);
        output.WriteNumber("column", before.Length - before.LastIndexOf('\n'));
        output.WriteEndObject();
        output.WriteEndArray();
    }
}
