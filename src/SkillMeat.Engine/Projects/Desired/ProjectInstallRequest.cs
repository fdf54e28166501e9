using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Projects.Desired;

/// <summary>A request to bring projects to the state of their files <c>skillmeat.toml</c>.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ProjectInstallRequest
{
    /// <summary>The project, as the path of a folder or the name of a registered one.</summary>
    public required string Project { get; init; }

    /// <summary>The collection, or null for the active one.</summary>
    public string? Collection { get; init; }

    /// <summary>Whether those hooks and servers take effect that the file wants to. The file alone activates nothing, and what is added to the collection in the same run is not activated: no plan could show its commands.</summary>
    public bool Activate { get; init; }

    /// <summary>Whether artifacts become links to the collection that the file wants to be links. The file alone makes copies, and leaves links that are there.</summary>
    public bool UseLinks { get; init; }

    /// <summary>Whether local edits, and files without a record, are replaced. Their content is kept in the object store.</summary>
    public bool Force { get; init; }

    /// <summary>The artifacts to leave as they are, as <c>type:name</c>.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>Whether to only report what would happen. Upstream is not asked then.</summary>
    public bool DryRun { get; init; }

    /// <summary>The maximum time to wait for another process. After it, <see cref="LockTimeoutException"/> is thrown.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForLock);
}
