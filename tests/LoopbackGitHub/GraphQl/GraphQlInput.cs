using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>Values that clients send: literals in the text and variables in JSON.</summary>
internal static class GraphQlInput
{
    private const int IdLength = 40;

    /// <summary>Whether a literal is of the type; variables inside it are not checked.</summary>
    public static bool FitsLiteral(object? value, GraphQlType type)
    {
        if (value is VariableReference)
        {
            return true;
        }

        if (value is null)
        {
            return !type.NonNull;
        }

        if (type.ItemType is { } item)
        {
            return value is List<object?> list ? list.TrueForAll(element => FitsLiteral(element, item)) : FitsLiteral(value, item);
        }

        return type.Name switch
        {
            "Int" => value is long number && number is >= int.MinValue and <= int.MaxValue,
            "Boolean" => value is bool,
            "ID" => value is string or long,
            "GitObjectID" => value is string text && IsObjectId(text),
            _ => value is string,
        };
    }

    /// <summary>Reads the values that a request gives for the variables of an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="given">The request's <c>variables</c>; null for none.</param>
    /// <param name="errors">The problems of the values.</param>
    public static Dictionary<string, object?> ReadVariables(GraphQlOperation operation, JsonElement? given, List<GraphQlError> errors)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var variable in operation.Variables)
        {
            JsonElement element = default;
            var isGiven = given is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty(variable.Name, out element);
            if (!isGiven)
            {
                if (variable.HasDefault)
                {
                    values[variable.Name] = variable.Default;
                }
                else if (variable.Type.NonNull)
                {
                    errors.Add(Invalid(variable, "null", "Expected value to not be null"));
                }

                continue;
            }

            var value = FromJson(element);
            if (!FitsLiteral(value, variable.Type))
            {
                errors.Add(Invalid(
                    variable,
                    element.GetRawText(),
                    value is null ? "Expected value to not be null" : $"Could not coerce value {element.GetRawText()} to {variable.Type.NamedType}"));
                continue;
            }

            values[variable.Name] = value;
        }

        return values;
    }

    /// <summary>A literal as text, for messages.</summary>
    public static string Print(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => JsonSerializer.Serialize(text, RelaxedText),
        EnumLiteral literal => literal.Name,
        VariableReference reference => "$" + reference.Name,
        List<object?> list => "[" + string.Join(", ", list.Select(Print)) + "]",
        Dictionary<string, object?> fields => "{" + string.Join(", ", fields.Select(field => $"{field.Key}: {Print(field.Value)}")) + "}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Replaces variables by their values.</summary>
    public static object? Substitute(object? value, IReadOnlyDictionary<string, object?> variables) => value switch
    {
        VariableReference reference => variables.GetValueOrDefault(reference.Name),
        List<object?> list => list.ConvertAll(element => Substitute(element, variables)),
        _ => value,
    };

    private static readonly JsonSerializerOptions RelaxedText = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static bool IsObjectId(string text) => text.Length == IdLength && text.All(char.IsAsciiHexDigit);

    private static GraphQlError Invalid(GraphQlVariable variable, string value, string explanation) =>
        new($"Variable ${variable.Name} of type {variable.Type} was provided invalid value")
        {
            Position = variable.Position,
            Extensions = [new("value", value), new("problems", explanation)],
        };

    private static object? FromJson(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out var number) ? number : element.GetDouble(),
        JsonValueKind.Array => element.EnumerateArray().Select(FromJson).ToList(),
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(field => field.Name, field => FromJson(field.Value), StringComparer.Ordinal),
        _ => null,
    };
}
