using System.Globalization;

namespace SkillMeat.Toml;

/// <summary>TOML's integers and floats.</summary>
internal static class NumberSyntax
{
    /// <summary>Returns the problem of a token that starts like a number; null if it is valid.</summary>
    public static string? Check(ReadOnlySpan<byte> token, out TomlValueKind kind)
    {
        kind = TomlValueKind.Integer;
        if (RadixOf(token) != 10) return CheckRadix(token);

        var unsigned = WithoutSign(token);
        if (unsigned.SequenceEqual("inf"u8) || unsigned.SequenceEqual("nan"u8))
        {
            kind = TomlValueKind.Float;
            return null;
        }

        var end = SkipDigits(unsigned, 0);
        if (end <= 0) return "the number has a misplaced underscore or no digits";
        if (unsigned[0] == '0' && end > 1) return "a number must not start with a zero";
        if (end < unsigned.Length) return CheckFloat(unsigned, end, ref kind);
        return TryInteger(token, out _) ? null : "the integer does not fit in 64 bits";
    }

    public static bool TryInteger(ReadOnlySpan<byte> token, out long value)
    {
        value = 0;
        var radix = (ulong)RadixOf(token);
        var isNegative = token[0] == '-';
        var digits = radix == 10 ? WithoutSign(token) : token[2..];
        var limit = isNegative ? (ulong)long.MaxValue + 1 : long.MaxValue;

        var magnitude = 0UL;
        foreach (var b in digits)
        {
            if (b == '_') continue;
            var digit = (ulong)(b <= '9' ? b - '0' : (b | 0x20) - 'a' + 10);
            if (magnitude > (limit - digit) / radix) return false;
            magnitude = (magnitude * radix) + digit;
        }

        value = isNegative ? unchecked(-(long)magnitude) : (long)magnitude;
        return true;
    }

    public static double Float(ReadOnlySpan<byte> token)
    {
        var unsigned = WithoutSign(token);
        if (unsigned.SequenceEqual("nan"u8)) return double.NaN;
        if (unsigned.SequenceEqual("inf"u8)) return token[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;

        Span<byte> digits = token.Length <= 256 ? stackalloc byte[256] : new byte[token.Length];
        var length = 0;
        foreach (var b in token)
            if (b != '_') digits[length++] = b;
        return double.Parse(digits[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static int RadixOf(ReadOnlySpan<byte> token)
    {
        if (token.Length < 2 || token[0] != '0') return 10;
        return token[1] switch { (byte)'x' => 16, (byte)'o' => 8, (byte)'b' => 2, _ => 10 };
    }

    private static ReadOnlySpan<byte> WithoutSign(ReadOnlySpan<byte> token) => token[0] is (byte)'+' or (byte)'-' ? token[1..] : token;

    private static string? CheckRadix(ReadOnlySpan<byte> token)
    {
        var radix = RadixOf(token);
        for (var i = 2; i < token.Length; i++)
        {
            var b = (char)token[i];
            var isDigit = radix switch { 16 => char.IsAsciiHexDigit(b), 8 => b is >= '0' and <= '7', _ => b is '0' or '1' };
            if (isDigit || (b == '_' && IsBetweenDigits(token, i))) continue;
            return b == '_' ? "the number has a misplaced underscore" : $"the number holds something that is no digit of base {radix}";
        }

        if (token.Length == 2) return "the number has no digits";
        return TryInteger(token, out _) ? null : "the integer does not fit in 64 bits";
    }

    private static bool IsBetweenDigits(ReadOnlySpan<byte> token, int at) =>
        at > 2 && at + 1 < token.Length && token[at - 1] != '_' && token[at + 1] != '_';

    private static string? CheckFloat(ReadOnlySpan<byte> unsigned, int at, ref TomlValueKind kind)
    {
        const string Malformed = "this is neither a number nor a date; text must be in quotes";
        kind = TomlValueKind.Float;

        if (unsigned[at] == '.')
        {
            at = SkipDigits(unsigned, at + 1);
            if (at < 0) return "a float needs digits on both sides of its point";
        }

        if (at < unsigned.Length && unsigned[at] is (byte)'e' or (byte)'E')
        {
            at++;
            if (at < unsigned.Length && unsigned[at] is (byte)'+' or (byte)'-') at++;
            at = SkipDigits(unsigned, at);
            if (at < 0) return "the exponent has no digits";
        }

        return at == unsigned.Length ? null : Malformed;
    }

    /// <summary>The offset after a run of digits with single underscores between them; -1 if there is no such run.</summary>
    private static int SkipDigits(ReadOnlySpan<byte> text, int at)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiDigit((char)text[at]) || text[at] == '_')) at++;
        if (at == start || text[start] == '_' || text[at - 1] == '_') return -1;
        return text[start..at].IndexOf("__"u8) < 0 ? at : -1;
    }
}
