namespace SkillMeat.Upstream.Git.Packs;

/// <summary>What is accepted of a pack; beyond it lie accidents and attacks.</summary>
internal static class PackLimits
{
    /// <summary>The longest object, in bytes.</summary>
    public const int MaxObject = 512 * 1024 * 1024;

    /// <summary>The longest chain of deltas; git makes none longer than this.</summary>
    public const int MaxDepth = 4095;

    /// <summary>How many bytes may be made of a pack in all, while it is indexed or for one object.</summary>
    public const long MaxInflated = 16L << 30;
}
