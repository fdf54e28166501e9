namespace SkillMeat.Toml;

/// <summary>The four date and time types: RFC 3339, and the local types without an offset.</summary>
internal static class DateSyntax
{
    /// <summary>Whether the token starts like a date or a time of day.</summary>
    public static bool LooksLikeOne(ReadOnlySpan<byte> token) =>
        (token.Length > 4 && token[4] == '-' && AreDigits(token, 0, 4)) || (token.Length > 2 && token[2] == ':' && AreDigits(token, 0, 2));

    public static bool IsDateOnly(ReadOnlySpan<byte> token) => token.Length == 10 && token[4] == '-' && AreDigits(token, 0, 4);

    /// <summary>Returns the problem of a token that looks like a date or a time; null if it is valid.</summary>
    public static string? Check(ReadOnlySpan<byte> token, out TomlValueKind kind)
    {
        kind = TomlValueKind.LocalTime;
        if (token[2] == ':') return CheckTime(token, out var timeEnd) ?? (timeEnd == token.Length ? null : Malformed("time", "07:32:00"));

        kind = TomlValueKind.LocalDate;
        var problem = CheckDate(token);
        if (problem is not null || token.Length == 10) return problem;

        kind = TomlValueKind.LocalDateTime;
        if (token[10] is not ((byte)'T' or (byte)'t' or (byte)' ')) return Malformed("date", "1979-05-27");
        problem = CheckTime(token[11..], out var end);
        if (problem is not null || end == token.Length - 11) return problem;

        kind = TomlValueKind.OffsetDateTime;
        return CheckOffset(token[(11 + end)..]);
    }

    private static string? CheckDate(ReadOnlySpan<byte> token)
    {
        var isWellFormed = token.Length >= 10 && AreDigits(token, 5, 2) && token[7] == '-' && AreDigits(token, 8, 2);
        if (!isWellFormed) return Malformed("date", "1979-05-27");

        var (year, month, day) = (Number(token, 0, 4), Number(token, 5, 2), Number(token, 8, 2));
        if (month is < 1 or > 12) return $"there is no month {month}";
        return day >= 1 && day <= DaysInMonth(year, month) ? null : $"month {month} of {year} has no day {day}";
    }

    // RFC 3339 has the year 0, a leap year; DateTime does not.
    private static int DaysInMonth(int year, int month) => DateTime.DaysInMonth(year == 0 ? 2000 : year, month);

    private static string? CheckTime(ReadOnlySpan<byte> token, out int end)
    {
        end = 8;
        var isWellFormed = token.Length >= 8 && AreDigits(token, 0, 2) && token[2] == ':'
            && AreDigits(token, 3, 2) && token[5] == ':' && AreDigits(token, 6, 2);
        if (!isWellFormed) return Malformed("time", "07:32:00");

        // 60 is a leap second.
        if (Number(token, 0, 2) > 23 || Number(token, 3, 2) > 59 || Number(token, 6, 2) > 60) return "there is no such time of day";
        if (token.Length == 8 || token[8] != '.') return null;

        end = 9;
        while (end < token.Length && char.IsAsciiDigit((char)token[end])) end++;
        return end > 9 ? null : "the fraction of the second has no digits";
    }

    private static string? CheckOffset(ReadOnlySpan<byte> offset)
    {
        if (offset.Length == 1 && offset[0] is (byte)'Z' or (byte)'z') return null;
        var isWellFormed = offset.Length == 6 && offset[0] is (byte)'+' or (byte)'-'
            && AreDigits(offset, 1, 2) && offset[3] == ':' && AreDigits(offset, 4, 2);
        if (!isWellFormed) return "the offset from UTC must be written as Z or as +01:30";
        return Number(offset, 1, 2) <= 23 && Number(offset, 4, 2) <= 59 ? null : "there is no such offset from UTC";
    }

    private static string Malformed(string what, string example) => $"the {what} must be written as {example}";

    private static bool AreDigits(ReadOnlySpan<byte> token, int start, int count)
    {
        if (token.Length < start + count) return false;
        foreach (var b in token.Slice(start, count))
            if (!char.IsAsciiDigit((char)b)) return false;
        return true;
    }

    private static int Number(ReadOnlySpan<byte> token, int start, int count)
    {
        var value = 0;
        foreach (var b in token.Slice(start, count)) value = (value * 10) + (b - '0');
        return value;
    }
}
