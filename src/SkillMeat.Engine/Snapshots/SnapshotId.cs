using System.Globalization;

namespace SkillMeat.Snapshots;

/// <summary>The format of snapshot ids: the UTC time with microseconds, as in Python SkillMeat.</summary>
internal static class SnapshotId
{
    private const string Format = "yyyyMMdd-HHmmss-ffffff";

    public static string Of(DateTime utc) => utc.ToString(Format, CultureInfo.InvariantCulture);

    public static bool IsValid(string text) => DateTime.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    public static DateTimeOffset TimeOf(string id) =>
        DateTimeOffset.ParseExact(id, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
