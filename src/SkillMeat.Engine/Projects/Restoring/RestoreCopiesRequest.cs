using SkillMeat.Collections;
using SkillMeat.Storage;

namespace SkillMeat.Projects.Restoring;

/// <summary>A request to write back what changes of projects replaced.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RestoreCopiesRequest
{
    /// <summary>The names, <c>type:name</c> or patterns of the artifacts; empty for all.</summary>
    public IReadOnlyList<NamePattern> Names { get; init; } = [];

    /// <summary>The projects, as paths of folders or names of registered ones.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>The full paths of the copies; empty for all.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Whether the user's own folders are meant.</summary>
    public bool IncludeUser { get; init; }

    /// <summary>The time at which the wanted content was replaced, exactly or to the second; null for what was replaced last.</summary>
    public DateTimeOffset? ReplacedAt { get; init; }

    /// <summary>Whether a copy that was edited is replaced. Its content is kept in turn.</summary>
    public bool Force { get; init; }

    /// <summary>Whether to only report what would happen.</summary>
    public bool DryRun { get; init; }

    /// <summary>The maximum time to wait for another process. After it, <see cref="Errors.LockTimeoutException"/> is thrown.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForLock);
}
