using System.Globalization;
using SkillMeat.Collections;

namespace SkillMeat.Projects.Records;

/// <summary>
/// The times in project files. Python SkillMeat writes the local time without an offset there, but the first detection of a modification in UTC. In memory, all are UTC.
/// </summary>
/// <param name="Zone">The time zone of this machine.</param>
internal sealed record LocalTime(TimeZoneInfo Zone)
{
    /// <summary>The local time, without an offset.</summary>
    public string Write(DateTimeOffset time) => IsoTime.Write(new DateTimeOffset(TimeZoneInfo.ConvertTime(time, Zone).DateTime, TimeSpan.Zero));

    /// <summary>Reads a local time, or one with an offset. Null if it is neither.</summary>
    public DateTimeOffset? Read(string? text)
    {
        if (text is null) return null;
        if (HasOffset(text)) return IsoTime.Read(text);
        if (IsoTime.Read(text) is not { } read) return null;
        var local = read.DateTime;
        // An hour that the clock skips is read as the one after it.
        return new DateTimeOffset(local, Zone.GetUtcOffset(Zone.IsInvalidTime(local) ? local.AddHours(1) : local)).ToUniversalTime();
    }

    private static bool HasOffset(string text) => text.EndsWith('Z') || text.EndsWith('z')
        || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':' && int.TryParse(text.AsSpan(text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out _));
}
