using System.Buffers;
using System.Text;
using SkillMeat.Errors;

namespace SkillMeat.Toml;

/// <summary>Reads the text token by token and rejects malformed tokens; it does not know tables.</summary>
internal ref struct TomlScanner(ReadOnlySpan<byte> text, string path)
{
    private static readonly SearchValues<byte> _bareKey = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"u8);
    private static readonly SearchValues<byte> _tokenEnds = SearchValues.Create(" \t\r\n,]}#"u8);

    private readonly ReadOnlySpan<byte> _text = text;

    public int At { get; set; }

    public readonly bool IsAtEnd => At >= _text.Length;

    /// <summary>The next byte; 0 at the end, which does not occur in valid text.</summary>
    public readonly byte Current => At < _text.Length ? _text[At] : (byte)0;

    public readonly bool IsAtNewline => Current is (byte)'\n' or (byte)'\r';

    public readonly DataFileException Fail(int offset, string problem) => SourceText.Invalid(_text, path, new SyntaxProblem(offset, problem));

    public static bool IsBareKey(ReadOnlySpan<byte> key) => key.Length > 0 && key.IndexOfAnyExcept(_bareKey) < 0;

    public bool TrySkip(char expected)
    {
        if (Current != expected) return false;
        At++;
        return true;
    }

    public void SkipBlanks()
    {
        while (At < _text.Length && _text[At] is (byte)' ' or (byte)'\t') At++;
    }

    /// <summary>Skips blanks, line endings and comments.</summary>
    public void SkipTrivia()
    {
        while (true)
        {
            SkipBlanks();
            if (Current == '#') SkipLine();
            else if (IsAtNewline) At++;
            else return;
        }
    }

    /// <summary>Skips the rest of a line and its line ending, whatever it contains.</summary>
    public void SkipLine()
    {
        var end = _text[At..].IndexOf((byte)'\n');
        At = end < 0 ? _text.Length : At + end + 1;
    }

    /// <summary>Skips a comment and the line ending; anything else is an error.</summary>
    public void EndLine()
    {
        SkipBlanks();
        if (IsAtEnd) return;
        if (Current != '#' && !IsAtNewline) throw Fail(At, $"{CurrentShown()} is not expected here; only a comment may follow on this line");
        SkipLine();
    }

    public int ReadKey(KeyNames names)
    {
        var start = At;
        if (Current is (byte)'"' or (byte)'\'') return ReadQuotedKey(names);

        var length = _text[At..].IndexOfAnyExcept(_bareKey);
        At = length < 0 ? _text.Length : At + length;
        if (At > start) return names.Add(_text[start..At]);
        throw Fail(At, IsAtEnd || IsAtNewline || Current is (byte)'=' or (byte)'.' or (byte)']'
            ? "a key is missing"
            : $"{CurrentShown()} can't stand in a key without quotes");
    }

    public TomlValueKind SkipScalar()
    {
        if (Current is not ((byte)'"' or (byte)'\'')) return SkipBareValue();
        SkipString();
        return TomlValueKind.String;
    }

    public readonly string CurrentShown()
    {
        if (IsAtEnd) return "the end of the file";
        if (IsAtNewline) return "the end of the line";
        Rune.DecodeFromUtf8(_text[At..], out var rune, out _);
        return $"'{rune}'";
    }

    private int ReadQuotedKey(KeyNames names)
    {
        var start = At;
        if (StringSyntax.IsMultiLine(_text[At..])) throw Fail(At, "a key can't be a string over several lines");
        SkipString();
        var token = _text[start..At];
        var isPlain = token[0] == '\'' || token.IndexOf((byte)'\\') < 0;
        return isPlain ? names.Add(token[1..^1]) : names.Add(StringSyntax.Decode(token));
    }

    private void SkipString()
    {
        var end = StringSyntax.Skip(_text, At, out var problem);
        if (end < 0) throw Fail(problem.Offset, problem.Text);
        At = end;
    }

    private TomlValueKind SkipBareValue()
    {
        var start = At;
        At = TokenEnd(At);
        var token = _text[start..At];
        if (token.IsEmpty)
            throw Fail(start, IsAtEnd || IsAtNewline || Current == '#' ? "a value is missing" : $"{CurrentShown()} can't start a value");
        if (token.SequenceEqual("true"u8) || token.SequenceEqual("false"u8)) return TomlValueKind.Boolean;

        if (DateSyntax.LooksLikeOne(token))
        {
            if (DateSyntax.IsDateOnly(token) && IsTimeAhead()) At = TokenEnd(At + 1);
            return Checked(start, DateSyntax.Check(_text[start..At], out var date), date);
        }

        if (!IsNumberLike(token))
            throw Fail(start, "this is not a value; text must be in quotes"); // The message does not show the value: it may be a secret that somebody forgot to quote.
        return Checked(start, NumberSyntax.Check(token, out var number), number);
    }

    private static bool IsNumberLike(ReadOnlySpan<byte> token) =>
        char.IsAsciiDigit((char)token[0]) || token[0] is (byte)'+' or (byte)'-' or (byte)'.' || token.SequenceEqual("inf"u8) || token.SequenceEqual("nan"u8);

    private readonly bool IsTimeAhead() => Current == ' ' && At + 1 < _text.Length && char.IsAsciiDigit((char)_text[At + 1]);

    private readonly int TokenEnd(int start)
    {
        var length = _text[start..].IndexOfAny(_tokenEnds);
        return length < 0 ? _text.Length : start + length;
    }

    private readonly TomlValueKind Checked(int start, string? problem, TomlValueKind kind) => problem is null ? kind : throw Fail(start, problem);
}
