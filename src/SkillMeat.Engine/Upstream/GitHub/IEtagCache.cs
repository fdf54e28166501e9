namespace SkillMeat.Upstream.GitHub;

/// <summary>Remembers REST answers with their ETags and the time at which they were read.</summary>
/// <remarks>Safe from several threads. A cache that can't be read or written is an empty one.</remarks>
internal interface IEtagCache
{
    /// <summary>What the address answered last; null when it was not asked before.</summary>
    EtagEntry? Find(Uri address);

    /// <summary>Keeps an answer, for <see cref="Save"/>.</summary>
    void Add(Uri address, EtagEntry entry);

    /// <summary>Writes what was added; does nothing when nothing was.</summary>
    void Save();
}
