using SkillMeat.Checks;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream;

namespace SkillMeat.Updates.Planning;

/// <summary>What was learned of one artifact before anything is locked: what upstream did, its content, and what the local files came from.</summary>
/// <param name="Tracked">The artifact as it was read, with what it shall follow.</param>
/// <param name="Check">What upstream did.</param>
internal sealed record UpdateInput(TrackedArtifact Tracked, ArtifactCheck Check)
{
    /// <summary>Where it is upstream now; null when it has no upstream.</summary>
    public SourceSpec? Source { get; init; }

    /// <summary>Upstream's content, stored; null where nothing was fetched.</summary>
    public TreeEntry? Upstream { get; init; }

    /// <summary>What was fetched before, stored; null when that could not be found.</summary>
    public TreeEntry? Base { get; init; }

    /// <summary>The parts that could not be fetched, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why its content could not be fetched.</summary>
    public SkillMeatException? Error { get; init; }

    /// <summary>Whether upstream has nothing new, and its files are gone here: what somebody deleted comes back.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Whether upstream has something that the artifact has not.</summary>
    public bool HasUpdate => Check.UpdateAvailable || IsMissing;
}
