using SkillMeat.Collections;

namespace SkillMeat.Projects.Profiles;

/// <summary>A coding agent, where it looks for skills, and whether this machine and a project have it.</summary>
/// <remarks>Immutable.</remarks>
public sealed record DetectedProfile
{
    internal DetectedProfile()
    {
    }

    /// <summary>The id of the profile, as in deployment records.</summary>
    public required string Profile { get; init; }

    /// <summary>Other names of the agent.</summary>
    public TextValues Aliases { get; init; } = [];

    /// <summary>The names of the types of artifacts that it reads.</summary>
    public TextValues Types { get; init; } = [];

    /// <summary>Whether this machine has the agent: its own folder of the user exists.</summary>
    public bool IsOnMachine { get; init; }

    /// <summary>Whether the project has a folder of the agent; null if no project was named.</summary>
    public bool? IsInProject { get; init; }

    /// <summary>The full path of the project, or null if none was named.</summary>
    public string? Project { get; init; }

    /// <summary>The folder of a project in which it looks for skills, with <c>/</c>.</summary>
    public required string ProjectFolder { get; init; }

    /// <summary>The full path of the folder of the user in which it looks for skills.</summary>
    public required string UserFolder { get; init; }
}
