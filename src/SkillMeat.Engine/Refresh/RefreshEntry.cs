using SkillMeat.Collections;

namespace SkillMeat.Refresh;

/// <summary>What a refresh did to one artifact.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RefreshEntry
{
    /// <summary>The artifact.</summary>
    public required ArtifactId ArtifactId { get; init; }

    /// <summary>The outcome.</summary>
    public required RefreshStatus Status { get; init; }

    /// <summary>The names of the fields that changed, in the order of <see cref="RefreshField.All"/>.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>The values before, by field: a string, a list of strings, a bool, or null for none.</summary>
    public IReadOnlyDictionary<string, object?> OldValues { get; init; } = EmptyValues;

    /// <summary>The values after, by field.</summary>
    public IReadOnlyDictionary<string, object?> NewValues { get; init; } = EmptyValues;

    /// <summary>Why it was skipped, or what else is worth knowing.</summary>
    public string? Reason { get; init; }

    /// <summary>What went wrong, in a line; null when nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>The stable id of what went wrong; null when nothing did.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The time that this artifact alone took after upstream had answered for all of them.</summary>
    public TimeSpan Duration { get; init; }

    private static IReadOnlyDictionary<string, object?> EmptyValues { get; } = new Dictionary<string, object?>();
}
