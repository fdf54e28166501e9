namespace SkillMeat.Upstream.GitHub;

/// <summary>Caches REST answers with their ETags and the times at which they were read.</summary>
/// <remarks>Thread-safe. A cache that cannot be read or written counts as empty.</remarks>
internal interface IEtagCache
{
    /// <summary>Returns the last answer of an address, or null if it is not cached.</summary>
    EtagEntry? Find(Uri address);

    /// <summary>Adds an answer, for <see cref="Save"/>.</summary>
    void Add(Uri address, EtagEntry entry);

    /// <summary>Writes the added answers, if there are any.</summary>
    void Save();
}
