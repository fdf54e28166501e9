using System.Collections.Concurrent;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The refs of a repository at one moment, and the objects that were resolved while they were valid.</summary>
/// <param name="Fingerprint">See <see cref="RefFingerprint"/>.</param>
/// <param name="Refs">HEAD first, then all others in git's order.</param>
internal sealed record RefSnapshot(byte[] Fingerprint, IReadOnlyList<AdvertisedRef> Refs)
{
    private readonly Dictionary<string, AdvertisedRef> _byName = Refs.ToDictionary(reference => reference.Name, StringComparer.Ordinal);

    /// <summary>The objects that expressions resolved to.</summary>
    public ConcurrentDictionary<string, GitObjectInfo?> Expressions { get; } = new(StringComparer.Ordinal);

    /// <summary>The branch that HEAD names, born or not; null when HEAD is detached.</summary>
    public string? HeadTarget => Find("HEAD")?.SymbolicTarget;

    /// <summary>The ref of that full name.</summary>
    public AdvertisedRef? Find(string name) => _byName.GetValueOrDefault(name);
}
