using SkillMeat.Checks;
using SkillMeat.Collections;

namespace SkillMeat.Updates;

/// <summary>The result of an update, or of a dry run.</summary>
/// <remarks>Immutable.</remarks>
public sealed record UpdateResult
{
    /// <summary>One entry for each artifact, in the order of the collections and of their manifests.</summary>
    public required IReadOnlyList<UpdateEntry> Entries { get; init; }

    /// <summary>The artifacts that were requested by their full names and that no collection has.</summary>
    public IReadOnlyList<UnknownArtifact> Unknown { get; init; } = [];

    /// <summary>Warnings that concern no single artifact.</summary>
    public TextValues Warnings { get; init; } = [];

    /// <summary>The duration of the update.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether any artifact could not be updated for another reason than a conflict.</summary>
    public bool HasErrors => Unknown.Count > 0 || Entries.Any(entry => entry.Status == UpdateStatus.Error);

    /// <summary>Whether a person has to choose about any artifact.</summary>
    public bool HasConflicts => Entries.Any(entry => entry.Status == UpdateStatus.Conflict);
}
