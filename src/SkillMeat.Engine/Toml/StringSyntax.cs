using System.Buffers;
using System.Globalization;
using System.Text;

namespace SkillMeat.Toml;

/// <summary>The four kinds of TOML strings: finds the end of a string, and decodes its text.</summary>
/// <remarks>Control characters and bytes that are not UTF-8 have been rejected before.</remarks>
internal static class StringSyntax
{
    private const string NotClosed = "the string is not closed";

    private static readonly SearchValues<byte> _basicStops = SearchValues.Create("\"\\\n"u8);
    private static readonly SearchValues<byte> _literalStops = SearchValues.Create("'\n"u8);
    private static readonly SearchValues<byte> _multiLineBasicStops = SearchValues.Create("\"\\"u8);

    private enum Style
    {
        Basic,
        Literal,
        MultiLineBasic,
        MultiLineLiteral,
    }

    /// <summary>The offset after the string that starts at <paramref name="start"/>, or -1 and the problem.</summary>
    public static int Skip(ReadOnlySpan<byte> text, int start, out SyntaxProblem problem)
    {
        problem = default;
        return StyleAt(text[start..]) switch
        {
            Style.Basic => SkipBasic(text, start, ref problem),
            Style.Literal => SkipLiteral(text, start, ref problem),
            _ => SkipMultiLine(text, start, ref problem),
        };
    }

    public static bool IsMultiLine(ReadOnlySpan<byte> token) => StyleAt(token) >= Style.MultiLineBasic;

    /// <summary>The text of a whole, valid string token.</summary>
    public static string Decode(ReadOnlySpan<byte> token)
    {
        switch (StyleAt(token))
        {
            case Style.Basic: return Unescape(token[1..^1]);
            case Style.Literal: return Encoding.UTF8.GetString(token[1..^1]);
            case Style.MultiLineBasic: return Unescape(WithoutFirstNewline(token[3..^3]));
            default: return LineFeedsOnly(Encoding.UTF8.GetString(WithoutFirstNewline(token[3..^3])));
        }
    }

    private static Style StyleAt(ReadOnlySpan<byte> token) => token[0] == '"'
        ? token.StartsWith("\"\"\""u8) ? Style.MultiLineBasic : Style.Basic
        : token.StartsWith("'''"u8) ? Style.MultiLineLiteral : Style.Literal;

    private static int SkipBasic(ReadOnlySpan<byte> text, int start, ref SyntaxProblem problem)
    {
        var at = start + 1;
        while (true)
        {
            var stop = text[at..].IndexOfAny(_basicStops);
            if (stop < 0 || text[at + stop] == '\n') return Fail(start, NotClosed, out problem);
            at += stop;
            if (text[at] == '"') return at + 1;
            at = SkipEscape(text, at, ref problem);
            if (at < 0) return at;
        }
    }

    private static int SkipLiteral(ReadOnlySpan<byte> text, int start, ref SyntaxProblem problem)
    {
        var stop = text[(start + 1)..].IndexOfAny(_literalStops);
        return stop < 0 || text[start + 1 + stop] == '\n' ? Fail(start, NotClosed, out problem) : start + stop + 2;
    }

    private static int SkipMultiLine(ReadOnlySpan<byte> text, int start, ref SyntaxProblem problem)
    {
        var quote = text[start];
        var at = start + 3;
        while (true)
        {
            var stop = quote == '"' ? text[at..].IndexOfAny(_multiLineBasicStops) : text[at..].IndexOf(quote);
            if (stop < 0) return Fail(start, NotClosed, out problem);
            at += stop;
            if (text[at] != quote)
            {
                at = SkipMultiLineEscape(text, at, ref problem);
                if (at < 0) return at;
                continue;
            }

            // The text may end with one or two quotes, directly before the three closing ones.
            var quotes = 1;
            while (quotes < 5 && at + quotes < text.Length && text[at + quotes] == quote) quotes++;
            at += quotes;
            if (quotes >= 3) return at;
        }
    }

    private static int SkipMultiLineEscape(ReadOnlySpan<byte> text, int at, ref SyntaxProblem problem)
    {
        var next = at + 1;
        while (next < text.Length && text[next] is (byte)' ' or (byte)'\t') next++;
        var endsLine = next < text.Length && text[next] is (byte)'\n' or (byte)'\r';
        return endsLine ? next : SkipEscape(text, at, ref problem);
    }

    private static int SkipEscape(ReadOnlySpan<byte> text, int at, ref SyntaxProblem problem)
    {
        if (at + 1 >= text.Length) return Fail(at, NotClosed, out problem);
        switch (text[at + 1])
        {
            case (byte)'b' or (byte)'t' or (byte)'n' or (byte)'f' or (byte)'r' or (byte)'"' or (byte)'\\': return at + 2;
            case (byte)'u': return SkipCodePoint(text, at, 4, ref problem);
            case (byte)'U': return SkipCodePoint(text, at, 8, ref problem);
            default:
                Rune.DecodeFromUtf8(text[(at + 1)..], out var rune, out _);
                var shown = Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? "a backslash before white space" : $"'\\{rune}'";
                return Fail(at, $"{shown} is not an escape; a backslash itself is written '\\\\'", out problem);
        }
    }

    private static int SkipCodePoint(ReadOnlySpan<byte> text, int at, int digits, ref SyntaxProblem problem)
    {
        var end = at + 2 + digits;
        if (end > text.Length || !TryCodePoint(text[(at + 2)..end], out var value))
            return Fail(at, $"'\\{(char)text[at + 1]}' needs {digits} hexadecimal digits", out problem);
        return Rune.IsValid(value) ? end : Fail(at, $"U+{value:X4} is not a character", out problem);
    }

    private static bool TryCodePoint(ReadOnlySpan<byte> digits, out uint value)
    {
        value = 0;
        foreach (var digit in digits)
            if (!char.IsAsciiHexDigit((char)digit)) return false;
        return uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static int Fail(int offset, string text, out SyntaxProblem problem)
    {
        problem = new SyntaxProblem(offset, text);
        return -1;
    }

    private static ReadOnlySpan<byte> WithoutFirstNewline(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("\n"u8)) return content[1..];
        return content.StartsWith("\r\n"u8) ? content[2..] : content;
    }

    // As in Python, the text does not depend on the line endings of the file.
    private static string LineFeedsOnly(string content) => content.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string Unescape(ReadOnlySpan<byte> content)
    {
        var escape = content.IndexOf((byte)'\\');
        if (escape < 0) return LineFeedsOnly(Encoding.UTF8.GetString(content));

        var text = new StringBuilder(content.Length);
        while (escape >= 0)
        {
            text.Append(LineFeedsOnly(Encoding.UTF8.GetString(content[..escape])));
            content = content[(escape + AppendEscape(text, content[escape..]))..];
            escape = content.IndexOf((byte)'\\');
        }

        return text.Append(LineFeedsOnly(Encoding.UTF8.GetString(content))).ToString();
    }

    private static int AppendEscape(StringBuilder text, ReadOnlySpan<byte> escape)
    {
        switch (escape[1])
        {
            case (byte)'b': text.Append('\b'); return 2;
            case (byte)'t': text.Append('\t'); return 2;
            case (byte)'n': text.Append('\n'); return 2;
            case (byte)'f': text.Append('\f'); return 2;
            case (byte)'r': text.Append('\r'); return 2;
            case (byte)'"' or (byte)'\\': text.Append((char)escape[1]); return 2;
            case (byte)'u': return AppendCodePoint(text, escape, 4);
            case (byte)'U': return AppendCodePoint(text, escape, 8);
            default:
                var next = escape[1..].IndexOfAnyExcept(" \t\r\n"u8);
                return next < 0 ? escape.Length : next + 1;
        }
    }

    private static int AppendCodePoint(StringBuilder text, ReadOnlySpan<byte> escape, int digits)
    {
        TryCodePoint(escape.Slice(2, digits), out var value);
        text.Append(new Rune(value).ToString());
        return 2 + digits;
    }
}
