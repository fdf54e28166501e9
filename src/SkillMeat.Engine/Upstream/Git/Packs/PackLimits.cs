namespace SkillMeat.Upstream.Git.Packs;

/// <summary>The limits for packs, which protect against faults and attacks.</summary>
internal static class PackLimits
{
    /// <summary>The maximum size of an object, in bytes.</summary>
    public const int MaxObject = 512 * 1024 * 1024;

    /// <summary>The maximum length of a chain of deltas; git creates none longer than this.</summary>
    public const int MaxDepth = 4095;

    /// <summary>The maximum number of inflated bytes, for indexing a pack or reading one object.</summary>
    public const long MaxInflated = 16L << 30;
}
