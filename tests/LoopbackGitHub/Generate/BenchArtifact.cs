using System.Text.Json.Serialization;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>One line of <c>expected.json</c>: what git itself says about an artifact's path at the pinned commit and at the followed ref.</summary>
internal sealed record BenchArtifact
{
    [JsonPropertyName("artifact_id")]
    public string ArtifactId => "skill:" + Skill.Name;

    [JsonPropertyName("repository")]
    public required string Repository { get; init; }

    [JsonPropertyName("path")]
    public string Path => Skill.Path;

    /// <summary>What the collection follows: <c>latest</c> or a tag.</summary>
    [JsonPropertyName("version_spec")]
    public required string VersionSpec { get; init; }

    [JsonPropertyName("old_commit")]
    public required string OldCommit { get; init; }

    [JsonPropertyName("new_commit")]
    public required string NewCommit { get; init; }

    [JsonPropertyName("old_tree")]
    public required string OldTree { get; init; }

    [JsonPropertyName("new_tree")]
    public required string NewTree { get; init; }

    [JsonPropertyName("changed")]
    public bool Changed => OldTree != NewTree;

    [JsonIgnore]
    public required BenchSkill Skill { get; init; }

    /// <summary>The tag at the pinned commit; null when there is none.</summary>
    [JsonIgnore]
    public string? OldTag { get; init; }
}
