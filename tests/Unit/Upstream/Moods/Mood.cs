using SkillMeat.Tests.LoopbackGitHub;

namespace SkillMeat.Tests.Upstream.Moods;

/// <summary>The behaviour of the server towards a client.</summary>
internal sealed record Mood
{
    /// <summary>Whether there is a token.</summary>
    public bool HasToken { get; init; }

    public LoopbackGitHubOptions Options { get; init; } = new();

    public GitMood Git { get; init; }

    public RepositoryFacts Facts { get; init; } = new();

    /// <summary>Creates a new plan for each test, because plans count requests.</summary>
    public Func<FaultPlan>? Faults { get; init; }

    /// <summary>The error that every operation ends with; null if the right answer is available.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The most requests that any operation needs.</summary>
    public required int Most { get; init; }

    /// <summary>The longest wait for a limit. The default reveals unwanted waits.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
}
