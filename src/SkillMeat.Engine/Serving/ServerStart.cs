using SkillMeat.Storage;

namespace SkillMeat.Serving;

/// <summary>The options of a start.</summary>
public sealed record ServerStart
{
    /// <summary>The full path of the program.</summary>
    public required string Program { get; init; }

    /// <summary>The port; 0 for any free one; null for the usual one, or any free one if that is in use.</summary>
    public int? Port { get; init; }

    /// <summary>The longest wait until the server answers.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(WaitSeconds.ForServer);
}
