using SkillMeat.Collections;

namespace SkillMeat.Cache.Updates;

/// <summary>Facts about changed artifacts upstream, beyond what a check needs.</summary>
/// <param name="Versions">The versions that their files say.</param>
/// <param name="Commits">The numbers of commits between the fetched one and the one upstream.</param>
/// <remarks>Immutable.</remarks>
internal sealed record UpstreamFacts(IReadOnlyDictionary<ArtifactId, string> Versions, IReadOnlyDictionary<ArtifactId, int> Commits)
{
    /// <summary>No facts.</summary>
    public static UpstreamFacts None { get; } = new(new Dictionary<ArtifactId, string>(), new Dictionary<ArtifactId, int>());

    /// <summary>Returns the version of an artifact, or null.</summary>
    public string? VersionOf(ArtifactId id) => Versions.GetValueOrDefault(id);

    /// <summary>Returns the number of commits by which an artifact is behind, or null.</summary>
    public int? CommitsBehind(ArtifactId id) => Commits.TryGetValue(id, out var count) ? count : null;
}
