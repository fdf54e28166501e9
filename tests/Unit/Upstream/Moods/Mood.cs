using SkillMeat.Tests.LoopbackGitHub;

namespace SkillMeat.Tests.Upstream.Moods;

/// <summary>How the server is disposed to one who asks.</summary>
internal sealed record Mood
{
    /// <summary>Whether there is a token.</summary>
    public bool HasToken { get; init; }

    public LoopbackGitHubOptions Options { get; init; } = new();

    public GitMood Git { get; init; }

    public RepositoryFacts Facts { get; init; } = new();

    /// <summary>Makes the plan anew for each test, as plans count.</summary>
    public Func<FaultPlan>? Faults { get; init; }

    /// <summary>The error that every operation ends with; null where the right answer is to be had.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The most requests that any operation needs.</summary>
    public required int Most { get; init; }

    /// <summary>The longest wait for a limit. The default shows waits that nobody should make.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
}
