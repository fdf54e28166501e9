using SkillMeat.Storage;

namespace SkillMeat.Projects.Deploying;

/// <summary>A request to deploy artifacts into projects, or to remove them there.</summary>
/// <remarks>Immutable.</remarks>
public sealed record DeployRequest
{
    /// <summary>The artifacts, as names, <c>type:name</c> or patterns of either.</summary>
    public IReadOnlyList<string> Artifacts { get; init; } = [];

    /// <summary>The name of their type, or null for any.</summary>
    public string? Type { get; init; }

    /// <summary>The group whose members are meant, or null.</summary>
    public string? Group { get; init; }

    /// <summary>Whether all artifacts are meant.</summary>
    public bool All { get; init; }

    /// <summary>The collection, or null for the active one.</summary>
    public string? Collection { get; init; }

    /// <summary>The projects, as paths of folders or names of registered ones.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>Whether the user's own folders are meant.</summary>
    public bool IncludeUser { get; init; }

    /// <summary>The profiles, by id or alias; <c>*</c> for all that this machine or the project has. Empty for Claude Code, and for a removal for all that have the artifact.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Whether the artifacts are copied or linked. A removal takes out either.</summary>
    public DeployMode Mode { get; init; }

    /// <summary>Whether hooks and servers of Claude Code take effect as well: what they need is added to its settings.</summary>
    public bool Activate { get; init; }

    /// <summary>Whether local edits, and files without a record, are replaced or removed. Their content is kept in the object store.</summary>
    public bool Force { get; init; }

    /// <summary>Whether to only report what would happen.</summary>
    public bool DryRun { get; init; }

    /// <summary>The maximum time to wait for another process. After it, <see cref="Errors.LockTimeoutException"/> is thrown.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForLock);
}
