using SkillMeat.Collections;

namespace SkillMeat.Refresh;

/// <summary>What a refresh did to one artifact.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RefreshEntry
{
    internal RefreshEntry(ArtifactId id)
    {
        Id = id;
    }

    internal ArtifactId Id { get; }

    /// <summary>The artifact, as <c>type:name</c>.</summary>
    public string ArtifactId => Id.ToString();

    /// <summary>Its name.</summary>
    public string Name => Id.Name;

    /// <summary>The name of its type.</summary>
    public string Type => Id.Type.Name;

    /// <summary>The name of its collection's folder.</summary>
    public required string Collection { get; init; }

    /// <summary>The outcome.</summary>
    public required RefreshStatus Status { get; init; }

    /// <summary>The names of the fields that changed, in the order of <see cref="RefreshField.All"/>.</summary>
    public TextValues Changes { get; init; } = [];

    /// <summary>The values before, by field: a string, a list of strings, a bool, or null for none.</summary>
    public FieldValues OldValues { get; init; } = FieldValues.None;

    /// <summary>The values after, by field.</summary>
    public FieldValues NewValues { get; init; } = FieldValues.None;

    /// <summary>Why it was skipped, or what else is worth knowing.</summary>
    public string? Reason { get; init; }

    /// <summary>What went wrong, in a line; null when nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>The stable id of what went wrong; null when nothing did.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The time that this artifact alone took after upstream had answered for all of them.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether this is what a refresh would do, and nothing was written.</summary>
    public bool DryRun { get; init; }

    /// <summary>The snapshot from before the change; null when this artifact was not changed.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>Says for a person what changed.</summary>
    /// <returns>Such as <c>license: (none) → MIT; tags: a → a, b</c>; empty when nothing did.</returns>
    public string DescribeChanges() =>
        string.Join("; ", Changes.Select(field => $"{field}: {FieldValues.Describe(OldValues[field])} → {FieldValues.Describe(NewValues[field])}"));
}
