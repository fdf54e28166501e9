namespace SkillMeat.Cache.Entries;

/// <summary>A kept answer.</summary>
/// <param name="Value">The value.</param>
/// <param name="Stored">The time at which it was stored.</param>
/// <param name="Expires">The time from which it is outdated, or null for never.</param>
internal sealed record CachedEntry(byte[] Value, DateTimeOffset Stored, DateTimeOffset? Expires)
{
    /// <summary>Whether it is outdated. It can still be better than nothing when upstream cannot be reached.</summary>
    public bool IsExpiredAt(DateTimeOffset time) => Expires <= time;
}
