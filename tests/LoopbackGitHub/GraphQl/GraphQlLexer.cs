using System.Globalization;
using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>Splits a text into tokens as section 2.1 of the GraphQL specification (October 2021) says.</summary>
internal sealed class GraphQlLexer(string text)
{
    private int _next;

    public TokenKind Kind { get; private set; }

    /// <summary>The start of the current token.</summary>
    public int Position { get; private set; }

    /// <summary>The punctuator, name, digits, or the meaning of a string.</summary>
    public string Value { get; private set; } = "";

    /// <summary>Goes to the next token.</summary>
    /// <exception cref="GraphQlSyntaxException">There is no valid token at this place.</exception>
    public void Advance()
    {
        SkipIgnored();
        Position = _next;
        if (_next >= text.Length)
        {
            (Kind, Value) = (TokenKind.End, "");
            return;
        }

        var first = text[_next];
        if (IsNameStart(first))
        {
            do
            {
                _next++;
            }
            while (_next < text.Length && (IsNameStart(text[_next]) || char.IsAsciiDigit(text[_next])));
            (Kind, Value) = (TokenKind.Name, text[Position.._next]);
        }
        else if (first == '"')
        {
            (Kind, Value) = (TokenKind.Text, StartsWith("\"\"\"") ? ReadBlock() : ReadString());
        }
        else if (first == '-' || char.IsAsciiDigit(first))
        {
            ReadNumber();
        }
        else
        {
            ReadPunctuator(first);
        }
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private bool StartsWith(string expected) => string.CompareOrdinal(text, _next, expected, 0, expected.Length) == 0;

    private void SkipIgnored()
    {
        while (_next < text.Length)
        {
            if (text[_next] == '#')
            {
                var end = text.AsSpan(_next).IndexOfAny('\n', '\r');
                _next = end < 0 ? text.Length : _next + end;
            }
            else if (text[_next] is ' ' or '\t' or '\n' or '\r' or ',' or '\uFEFF')
            {
                _next++;
            }
            else
            {
                return;
            }
        }
    }

    private void ReadPunctuator(char first)
    {
        var length = first switch
        {
            '.' when StartsWith("...") => 3,
            '!' or '$' or '&' or '(' or ')' or ':' or '=' or '@' or '[' or ']' or '{' or '|' or '}' => 1,
            _ => throw Unexpected(),
        };
        _next += length;
        (Kind, Value) = (TokenKind.Punctuator, text[Position.._next]);
    }

    private void ReadNumber()
    {
        Kind = TokenKind.Integer;
        if (text[_next] == '-')
        {
            _next++;
        }

        var leadingZero = _next < text.Length && text[_next] == '0';
        var digits = ReadDigits();
        if (leadingZero && digits > 1)
        {
            throw Unexpected();
        }

        if (_next < text.Length && text[_next] == '.')
        {
            _next++;
            Kind = TokenKind.Float;
            ReadDigits();
        }

        if (_next < text.Length && text[_next] is 'e' or 'E')
        {
            _next++;
            Kind = TokenKind.Float;
            if (_next < text.Length && text[_next] is '+' or '-')
            {
                _next++;
            }

            ReadDigits();
        }

        if (_next < text.Length && (IsNameStart(text[_next]) || text[_next] == '.'))
        {
            throw Unexpected();
        }

        Value = text[Position.._next];
    }

    private int ReadDigits()
    {
        var start = _next;
        while (_next < text.Length && char.IsAsciiDigit(text[_next]))
        {
            _next++;
        }

        return _next > start ? _next - start : throw Unexpected();
    }

    private string ReadString()
    {
        _next++;
        var plain = text.AsSpan(_next).IndexOfAny('"', '\\', '\n');
        if (plain >= 0 && text[_next + plain] == '"')
        {
            var simple = text.Substring(_next, plain);
            _next += plain + 1;
            return simple;
        }

        var value = new StringBuilder();
        while (true)
        {
            var c = _next < text.Length ? text[_next++] : throw Unexpected();
            switch (c)
            {
                case '"':
                    return value.ToString();
                case '\n' or '\r':
                    throw Unexpected();
                case '\\':
                    value.Append(ReadEscape());
                    break;
                default:
                    value.Append(c);
                    break;
            }
        }
    }

    private string ReadEscape()
    {
        var c = _next < text.Length ? text[_next++] : throw Unexpected();
        return c switch
        {
            '"' or '\\' or '/' => c.ToString(),
            'b' => "\b",
            'f' => "\f",
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            'u' => ReadUnicode(),
            _ => throw Unexpected(),
        };
    }

    private string ReadUnicode()
    {
        const int fixedDigits = 4;
        var braced = _next < text.Length && text[_next] == '{';
        var start = braced ? _next + 1 : _next;
        var end = braced ? text.IndexOf('}', start) : start + fixedDigits;
        if (end < start || end > text.Length
            || !int.TryParse(text.AsSpan(start, end - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || code > 0x10FFFF || (braced && code is >= 0xD800 and <= 0xDFFF))
        {
            throw Unexpected();
        }

        _next = braced ? end + 1 : end;
        return braced ? char.ConvertFromUtf32(code) : ((char)code).ToString();
    }

    private string ReadBlock()
    {
        const string quotes = "\"\"\"";
        _next += quotes.Length;
        var raw = new StringBuilder();
        while (!StartsWith(quotes))
        {
            if (_next >= text.Length)
            {
                throw Unexpected();
            }

            if (StartsWith("\\" + quotes))
            {
                raw.Append(quotes);
                _next += quotes.Length + 1;
            }
            else
            {
                raw.Append(text[_next++]);
            }
        }

        _next += quotes.Length;
        return Unindent(raw.ToString());
    }

    // The common indentation of all lines but the first is removed, and so are blank lines at both ends.
    private static string Unindent(string raw)
    {
        var lines = raw.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        var indents = lines.Skip(1).Where(line => !IsBlank(line)).Select(line => line.Length - line.TrimStart(' ', '\t').Length).ToList();
        var common = indents.Count == 0 ? 0 : indents.Min();
        var unindented = lines.Select((line, index) => index == 0 ? line : line.Length < common ? "" : line[common..]).ToList();
        var first = unindented.FindIndex(line => !IsBlank(line));
        var last = unindented.FindLastIndex(line => !IsBlank(line));
        return first < 0 ? "" : string.Join('\n', unindented[first..(last + 1)]);
    }

    private static bool IsBlank(string line) => line.AsSpan().IndexOfAnyExcept(' ', '\t') < 0;

    private GraphQlSyntaxException Unexpected() =>
        new($"Parse error on {(_next < text.Length ? $"\"{text[Math.Min(_next, text.Length - 1)]}\"" : "end of file")}", Position);
}
