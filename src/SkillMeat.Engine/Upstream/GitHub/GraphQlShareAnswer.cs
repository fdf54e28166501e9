using SkillMeat.Errors;

namespace SkillMeat.Upstream.GitHub;

/// <summary>The answer to a <see cref="GraphQlShare"/>.</summary>
internal sealed record GraphQlShareAnswer
{
    public required GraphQlShare Share { get; init; }

    /// <summary>Set when nothing of the share could be told; then nothing else is.</summary>
    public UpstreamException? Error { get; init; }

    /// <summary>Set when GitHub refuses the token for this repository.</summary>
    public TokenRefusal? Refusal { get; init; }

    /// <summary>The answers, in the order of the share's lookups.</summary>
    public IReadOnlyList<GraphQlFound> Found { get; init; } = [];

    /// <summary>The default branch's newest commit; null in an empty repository, and where it was not asked.</summary>
    public GraphQlObject? Head { get; init; }

    /// <summary>Why <see cref="Head"/> is not known.</summary>
    public UpstreamException? HeadError { get; init; }

    /// <summary>The repository's facts, where they were asked.</summary>
    public RepositoryFacts? Facts { get; init; }

    /// <summary>Where the repository is now, when it has another name than it was asked by.</summary>
    public RepositoryAddress? RenamedTo { get; init; }
}
