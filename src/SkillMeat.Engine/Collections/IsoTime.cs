using System.Globalization;

namespace SkillMeat.Collections;

/// <summary>
/// Reads and writes times as Python SkillMeat does in manifests, lock files and snapshot lists: ISO 8601 in UTC without an offset, without microseconds if they are 0.
/// </summary>
internal static class IsoTime
{
    private static readonly string[] ReadFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd",
    ];

    public static string Write(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        return utc.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond == 0
            ? utc.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
            : utc.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
    }

    public static DateTimeOffset? Read(string? text) => text is null ? null : ReadWritten(text) ?? ReadAny(text);

    // A list of thousands of artifacts has tens of thousands of times, nearly all in the form that is written, and the general way takes many times as long.
    private static DateTimeOffset? ReadWritten(ReadOnlySpan<char> text)
    {
        var isWritten = text.Length is 19 or 26 && text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':' && (text.Length == 19 || text[19] == '.');
        if (!isWritten || Number(text[..4]) is not (>= 1 and var year) || Number(text[5..7]) is not (>= 1 and <= 12 and var month)) return null;
        if (Number(text[8..10]) is not (>= 1 and var day) || day > DateTime.DaysInMonth(year, month)) return null;
        if (Number(text[11..13]) is not (>= 0 and <= 23 and var hour) || Number(text[14..16]) is not (>= 0 and <= 59 and var minute)) return null;
        if (Number(text[17..19]) is not (>= 0 and <= 59 and var second) || (text.Length == 19 ? 0 : Number(text[20..])) is not (>= 0 and var microseconds)) return null;
        return new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
    }

    // -1 if there are other characters than digits.
    private static int Number(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) return -1;
            value = (value * 10) + digit - '0';
        }

        return value;
    }

    private static DateTimeOffset? ReadAny(string text) =>
        DateTimeOffset.TryParseExact(text, ReadFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
}
