using SkillMeat.Refresh;

namespace SkillMeat.Projects.Updating;

/// <summary>A request to check artifacts for updates, together with their copies in projects.</summary>
/// <param name="Refresh">The collection and the artifacts.</param>
/// <remarks>Immutable.</remarks>
public sealed record ProjectCheckRequest(RefreshRequest Refresh)
{
    /// <summary>The projects, as paths of folders or names of registered ones.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>Whether the user's own folders are meant.</summary>
    public bool IncludeUser { get; init; }

    /// <summary>The profiles, by id or alias; empty for all that have records.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];
}
