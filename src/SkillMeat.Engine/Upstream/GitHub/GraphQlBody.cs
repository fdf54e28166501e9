using System.Buffers;
using System.Text;
using System.Text.Json;

namespace SkillMeat.Upstream.GitHub;

/// <summary>
/// The body of a GraphQL request, written directly as JSON. A query for hundreds of objects is long, and every copy of it would be a large object.
/// </summary>
internal sealed class GraphQlBody
{
    private readonly ArrayBufferWriter<byte> _json;

    public GraphQlBody(int capacity)
    {
        _json = new ArrayBufferWriter<byte>(capacity);
        _json.Write("{\"query\":\""u8);
    }

    /// <summary>Appends literal query text: ASCII without quotes and backslashes, which needs no escaping in JSON.</summary>
    public GraphQlBody Append(string text)
    {
        _json.Advance(Encoding.ASCII.GetBytes(text, _json.GetSpan(text.Length)));
        return this;
    }

    /// <summary>
    /// Appends a string literal. GraphQL uses the escapes of JSON, and the query is itself a JSON string, so they are escaped twice.
    /// </summary>
    public GraphQlBody AppendString(string text)
    {
        var literal = JsonEncodedText.Encode(text).EncodedUtf8Bytes;
        _json.Write("\\\""u8);
        while (literal.IndexOf((byte)'\\') is var at and >= 0)
        {
            _json.Write(literal[..at]);
            _json.Write("\\\\"u8);
            literal = literal[(at + 1)..];
        }

        _json.Write(literal);
        _json.Write("\\\""u8);
        return this;
    }

    public ReadOnlyMemory<byte> Finish()
    {
        _json.Write("\"}"u8);
        return _json.WrittenMemory;
    }
}
