namespace SkillMeat.Upstream.Git.Packs;

/// <summary>What is known of one object in a pack. A pack can hold millions, so this is small and lives in an array.</summary>
internal struct PackEntry
{
    public const int NoBase = -1;

    /// <summary>Where the entry begins; what deltas name their base by.</summary>
    public long Offset;

    /// <summary>Where its compressed data begins.</summary>
    public long DataOffset;

    public GitOid Oid;

    /// <summary>The length of the inflated data: of the object, or of the delta.</summary>
    public int InflatedSize;

    /// <summary>The length of the object in bytes.</summary>
    public int Size;

    /// <summary>The entry that this is a delta against, or <see cref="NoBase"/>.</summary>
    public int Base;

    /// <summary>How many deltas lie between this and a whole object.</summary>
    public ushort Depth;

    public GitObjectKind Kind;
}
