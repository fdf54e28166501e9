using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream;

namespace SkillMeat.Updates.Planning;

/// <summary>The input of one artifact's update, gathered before anything is locked: the upstream change, upstream's content and the merge base.</summary>
/// <param name="Tracked">The artifact as it was read, with the ref to follow.</param>
/// <param name="Check">The result of the update check.</param>
internal sealed record UpdateInput(TrackedArtifact Tracked, ArtifactCheck Check)
{
    /// <summary>The current source; null for an artifact without upstream.</summary>
    public SourceSpec? Source { get; init; }

    /// <summary>Upstream's stored content; null if nothing was fetched.</summary>
    public TreeEntry? Upstream { get; init; }

    /// <summary>The stored base of the merge: the content as it was fetched before. Null if it was not found.</summary>
    public TreeEntry? Base { get; init; }

    /// <summary>The parts that could not be fetched, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The other paths of the repository that upstream's content comes from.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>The reason why the content could not be fetched.</summary>
    public SkillMeatException? Error { get; init; }

    /// <summary>Whether the local files are gone although upstream has nothing new. The update brings them back.</summary>
    public bool IsMissing { get; init; }

    /// <summary>The upstream addresses of all artifacts of the collection when an artifact was found to have moved; null for any other change. Another artifact may be at the new place by now.</summary>
    public IReadOnlyDictionary<ArtifactId, string?>? Followed { get; init; }

    /// <summary>Whether there is something to fetch from upstream.</summary>
    public bool HasUpdate => Check.UpdateAvailable || IsMissing;
}
