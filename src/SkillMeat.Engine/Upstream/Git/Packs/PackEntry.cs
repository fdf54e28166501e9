namespace SkillMeat.Upstream.Git.Packs;

/// <summary>An object in a pack. A pack can contain millions of them, so this is small and stored in an array.</summary>
internal struct PackEntry
{
    public const int NoBase = -1;

    /// <summary>The start of the entry, which deltas use to refer to their base.</summary>
    public long Offset;

    /// <summary>The start of the compressed data.</summary>
    public long DataOffset;

    public GitOid Oid;

    /// <summary>The length of the inflated data: of the object itself, or of the delta.</summary>
    public int InflatedSize;

    /// <summary>The length of the object in bytes.</summary>
    public int Size;

    /// <summary>The index of the delta's base, or <see cref="NoBase"/>.</summary>
    public int Base;

    /// <summary>The number of deltas between this entry and a complete object.</summary>
    public ushort Depth;

    public GitObjectKind Kind;
}
