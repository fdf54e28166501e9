using System.Globalization;

namespace SkillMeat.Snapshots;

/// <summary>How snapshots are called: by the UTC time at which they were made, to the microsecond, as the original does.</summary>
internal static class SnapshotId
{
    private const string Format = "yyyyMMdd-HHmmss-ffffff";

    public static string Of(DateTime utc) => utc.ToString(Format, CultureInfo.InvariantCulture);

    public static bool IsOne(string text) => DateTime.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    public static DateTimeOffset TimeOf(string id) =>
        DateTimeOffset.ParseExact(id, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
