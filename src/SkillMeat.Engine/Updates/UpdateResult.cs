using SkillMeat.Checks;
using SkillMeat.Collections;

namespace SkillMeat.Updates;

/// <summary>What an update did, or would do.</summary>
/// <remarks>Immutable.</remarks>
public sealed record UpdateResult
{
    /// <summary>One for each artifact, in the order of the collections and of their manifests.</summary>
    public required IReadOnlyList<UpdateEntry> Entries { get; init; }

    /// <summary>The artifacts that were asked for by their full names and that no collection has.</summary>
    public IReadOnlyList<UnknownArtifact> Unknown { get; init; } = [];

    /// <summary>What a person should know beside the entries.</summary>
    public TextValues Warnings { get; init; } = [];

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether any artifact could not be updated for another reason than a conflict.</summary>
    public bool HasErrors => Unknown.Count > 0 || Entries.Any(entry => entry.Status == UpdateStatus.Error);

    /// <summary>Whether a person has to choose about any artifact.</summary>
    public bool HasConflicts => Entries.Any(entry => entry.Status == UpdateStatus.Conflict);
}
