using SkillMeat.Collections;

namespace SkillMeat.Refresh;

/// <summary>The result of a refresh for one artifact.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RefreshEntry
{
    internal RefreshEntry(ArtifactId id)
    {
        Id = id;
    }

    internal ArtifactId Id { get; }

    /// <summary>The id of the artifact, <c>type:name</c>.</summary>
    public string ArtifactId => Id.ToString();

    /// <summary>The name of the artifact.</summary>
    public string Name => Id.Name;

    /// <summary>The name of the artifact's type.</summary>
    public string Type => Id.Type.Name;

    /// <summary>The name of the collection's folder.</summary>
    public required string Collection { get; init; }

    /// <summary>The outcome.</summary>
    public required RefreshStatus Status { get; init; }

    /// <summary>The names of the fields that changed, in the order of <see cref="RefreshField.All"/>.</summary>
    public TextValues Changes { get; init; } = [];

    /// <summary>The old values by field: a string, a list of strings, a bool, or null.</summary>
    public FieldValues OldValues { get; init; } = FieldValues.None;

    /// <summary>The new values by field.</summary>
    public FieldValues NewValues { get; init; } = FieldValues.None;

    /// <summary>The time at which tags were last imported from upstream, after the refresh; null for never.</summary>
    public DateTimeOffset? TagsImportedAt { get; init; }

    /// <summary>That time before the refresh.</summary>
    internal DateTimeOffset? TagsImportedBefore { get; init; }

    /// <summary>The reason for skipping the artifact, or a remark.</summary>
    public string? Reason { get; init; }

    /// <summary>The error message on one line; null if there was no error.</summary>
    public string? Error { get; init; }

    /// <summary>The stable id of the error; null if there was no error.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The time spent on this artifact alone, after upstream had answered for all of them.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether the entry describes a dry run, in which nothing was written.</summary>
    public bool DryRun { get; init; }

    /// <summary>The snapshot from before the change; null if the artifact was not changed.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>Formats the changes for display.</summary>
    /// <returns>A text such as <c>license: (none) → MIT; tags: a → a, b</c>; empty if there are no changes.</returns>
    public string DescribeChanges() =>
        string.Join("; ", Changes.Select(field => $"{field}: {FieldValues.Describe(OldValues[field])} → {FieldValues.Describe(NewValues[field])}"));
}
