namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>One line of <c>expected.json</c>: the result of git itself for an artifact's path at the pinned commit and at the followed ref.</summary>
internal sealed record BenchArtifact
{
    public string ArtifactId => "skill:" + Skill.Name;

    public required string Repository { get; init; }

    public string Path => Skill.Path;

    /// <summary>The ref that the collection follows: <c>latest</c> or a tag.</summary>
    public required string VersionSpec { get; init; }

    public required string OldCommit { get; init; }

    public required string NewCommit { get; init; }

    public required string OldTree { get; init; }

    public required string NewTree { get; init; }

    public bool Changed => OldTree != NewTree;

    public required BenchSkill Skill { get; init; }

    /// <summary>The tag at the pinned commit; null if there is none.</summary>
    public string? OldTag { get; init; }
}
