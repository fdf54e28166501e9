using System.Text.Json;
using SkillMeat.Errors;

namespace SkillMeat.Projects.Json;

/// <summary>
/// A JSON text with the places of its values, so that it can be edited without touching anything else. Comments and trailing commas are accepted, as Claude Code accepts them. Immutable.
/// </summary>
internal sealed class JsonText
{
    private const int MaxDepth = 64;

    private readonly string _path;
    private int _at;

    private JsonText(string text, string path)
    {
        Text = text;
        _path = path;
        Skip();
        Root = ReadValue(depth: 0);
        Skip();
        if (_at < text.Length) throw Invalid("there is something after the end of the value");
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The value of the whole text.</summary>
    public JsonSpan Root { get; }

    /// <summary>Parses a text.</summary>
    /// <param name="text">The text, without a byte order mark.</param>
    /// <param name="path">The path of the file, for errors.</param>
    /// <exception cref="DataFileException"><see cref="ErrorIds.InvalidData"/>: it is not JSON; the message has the position.</exception>
    public static JsonText Parse(string text, string path) => new(text, path);

    /// <summary>Returns the offset of the first character at or after an offset that is neither white space nor part of a comment.</summary>
    public int NextToken(int offset)
    {
        _at = offset;
        Skip();
        return _at;
    }

    /// <summary>Returns the text of a value without comments, in a form in which equal values are equal texts.</summary>
    public string Normalize(JsonSpan node)
    {
        try
        {
            using var json = JsonDocument.Parse(Text[node.Start..node.End], new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth });
            return JsonForm.Of(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // A text with half of a surrogate pair, which JavaScript writes, has no other form.
            return Text[node.Start..node.End];
        }
    }

    /// <summary>Whether two texts have the same values in the same order, written alike. Comments and white space do not count.</summary>
    public static bool HaveSameValues(JsonText one, JsonText other) => Same(one, one.Root, other, other.Root);

    private static bool Same(JsonText one, JsonSpan mine, JsonText other, JsonSpan yours)
    {
        if (mine.Kind != yours.Kind || mine.Items.Count != yours.Items.Count) return false;
        if (mine.Kind == JsonKind.Scalar) return one.Text.AsSpan(mine.Start, mine.End - mine.Start).SequenceEqual(other.Text.AsSpan(yours.Start, yours.End - yours.Start));
        for (var index = 0; index < mine.Items.Count; index++)
        {
            if (mine.Items[index].Name != yours.Items[index].Name || !Same(one, mine.Items[index].Value, other, yours.Items[index].Value)) return false;
        }

        return true;
    }

    private JsonSpan ReadValue(int depth)
    {
        if (depth > MaxDepth) throw Invalid($"it is nested deeper than {MaxDepth} levels");
        return Peek() switch
        {
            '{' => ReadContainer(JsonKind.Object, '}', depth),
            '[' => ReadContainer(JsonKind.Array, ']', depth),
            '"' => ReadScalar(ReadString),
            '\0' => throw Invalid("a value is missing"),
            _ => ReadScalar(ReadWord),
        };
    }

    private JsonSpan ReadContainer(JsonKind kind, char end, int depth)
    {
        var start = _at++;
        var items = new List<JsonItem>();
        for (Skip(); Peek() != end; Skip())
        {
            items.Add(kind == JsonKind.Object ? ReadMember(depth) : new JsonItem(Name: null, _at, ReadValue(depth + 1)));
            Skip();
            if (Peek() == ',') _at++;
            else if (Peek() != end) throw Invalid($"',' or '{end}' is missing");
        }

        return new JsonSpan(kind, start, ++_at, items);
    }

    private JsonItem ReadMember(int depth)
    {
        var start = _at;
        if (Peek() != '"') throw Invalid("the name of a member is missing");
        ReadString();
        var name = NameFrom(start);
        Skip();
        if (Peek() != ':') throw Invalid("':' is missing");
        _at++;
        Skip();
        return new JsonItem(name, start, ReadValue(depth + 1));
    }

    private JsonSpan ReadScalar(Action read)
    {
        var start = _at;
        read();
        Check(start);
        return new JsonSpan(JsonKind.Scalar, start, _at, []);
    }

    private string NameFrom(int start)
    {
        if (IsPlainString(start)) return Text[(start + 1)..(_at - 1)];
        Check(start);
        try
        {
            using var json = JsonDocument.Parse(Text[start.._at]);
            return json.RootElement.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair. No name that is searched for has one.
            return Text[start.._at];
        }
    }

    private void Check(int start)
    {
        if (Text.AsSpan(start, _at - start) is "true" or "false" or "null" || IsPlainString(start)) return;
        try
        {
            JsonDocument.Parse(Text[start.._at]).Dispose();
        }
        catch (JsonException)
        {
            _at = start;
            throw Invalid("a value is not valid");
        }
    }

    // Most texts are, and a parser for each of thousands takes long.
    private bool IsPlainString(int start)
    {
        if (Text[start] != '"') return false;
        foreach (var character in Text.AsSpan(start, _at - start))
        {
            if (character is '\\' or < ' ') return false;
        }

        return true;
    }

    private void ReadString()
    {
        for (_at++; Peek() != '"'; _at++)
        {
            if (Peek() is '\0' or '\n' or '\r') throw Invalid("a text has no end");
            if (Peek() == '\\') _at++;
        }

        _at++;
    }

    private void ReadWord()
    {
        while (_at < Text.Length && (char.IsAsciiLetterOrDigit(Text[_at]) || Text[_at] is '-' or '+' or '.')) _at++;
    }

    private void Skip()
    {
        while (_at < Text.Length)
        {
            if (Text[_at] is ' ' or '\t' or '\r' or '\n') _at++;
            else if (Text.AsSpan(_at).StartsWith("//", StringComparison.Ordinal)) SkipTo("\n", isNeeded: false);
            else if (Text.AsSpan(_at).StartsWith("/*", StringComparison.Ordinal)) SkipTo("*/", isNeeded: true);
            else return;
        }
    }

    private void SkipTo(string end, bool isNeeded)
    {
        var found = Text.IndexOf(end, _at + 2, StringComparison.Ordinal);
        if (found < 0 && isNeeded) throw Invalid("a comment has no end");
        _at = found < 0 ? Text.Length : found + end.Length;
    }

    private char Peek() => _at < Text.Length ? Text[_at] : '\0';

    private DataFileException Invalid(string problem)
    {
        var before = Text.AsSpan(0, Math.Min(_at, Text.Length));
        return new DataFileException(ErrorIds.InvalidData, _path, before.Count('\n') + 1, before.Length - (before.LastIndexOf('\n') + 1) + 1, problem);
    }
}
