using System.Buffers;
using System.Text;
using System.Text.Json;

namespace SkillMeat.Cache.Search.Queries;

/// <summary>The conditions that are not words, as parameters of the statements. Null for a condition that all artifacts meet.</summary>
/// <param name="Types">The names of the types.</param>
/// <param name="Collections">The ids of the collections.</param>
/// <param name="Within">The ids of the artifacts, of which the found one must be one.</param>
/// <param name="Without">The ids of the artifacts, of which it must be none.</param>
/// <param name="Literals">The signs that it must have.</param>
internal sealed record SearchFilter(IEnumerable<string>? Types, IEnumerable<long> Collections, IEnumerable<long>? Within, IEnumerable<long>? Without, IReadOnlyList<LiteralCondition> Literals)
{
    /// <summary>Returns the parameters.</summary>
    public object?[] ToParameters() =>
        [Types is null ? null : JsonText.Of(Types), JsonText.Of(Collections), Within is null ? null : JsonText.Of(Within), Without is null ? null : JsonText.Of(Without), Literals.Count == 0 ? null : LiteralsText()];

    private string LiteralsText()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartArray();
            foreach (var literal in Literals)
            {
                writer.WriteStartObject();
                writer.WriteString("column", literal.Column);
                writer.WriteString("text", literal.Text);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
