using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Editing;

/// <summary>A request to edit a manifest.</summary>
/// <remarks>Immutable.</remarks>
public sealed record EditRequest
{
    /// <summary>The edits of groups, MCP servers and tag definitions, which are made in order, all of them or none.</summary>
    public IReadOnlyList<ManifestEdit> Edits { get; init; } = [];

    /// <summary>The edits of the details of artifacts, which are made after the others, together with them.</summary>
    public IReadOnlyList<DetailsEdit> Details { get; init; } = [];

    /// <summary>The collection, or null for the active one.</summary>
    public string? Collection { get; init; }

    /// <summary>
    /// Checks, under the lock, that the collection is still as the caller saw it; null for any. If it returns false, nothing is changed, and the error is <see cref="ErrorIds.StaleEdit"/>.
    /// May be called several times.
    /// </summary>
    public Predicate<Collection>? Expects { get; init; }

    /// <summary>Whether to only report what the manifest would say.</summary>
    public bool DryRun { get; init; }

    /// <summary>The maximum time to wait for another process that changes the collection. After it, <see cref="LockTimeoutException"/> is thrown.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForLock);
}
