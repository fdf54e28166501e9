namespace SkillMeat.Cache.Places;

/// <summary>Times in the unit of stamps.</summary>
internal static class StampTime
{
    private const long NanosecondsPerTick = 100;

    /// <summary>Returns the current time in nanoseconds since 1970.</summary>
    public static long Now(TimeProvider time) => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick;
}
