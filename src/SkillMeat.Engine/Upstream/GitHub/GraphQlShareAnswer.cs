using SkillMeat.Errors;

namespace SkillMeat.Upstream.GitHub;

/// <summary>The answer to a <see cref="GraphQlShare"/>.</summary>
internal sealed record GraphQlShareAnswer
{
    public required GraphQlShare Share { get; init; }

    /// <summary>The error for the whole share; if it is set, the answer holds nothing else.</summary>
    public UpstreamException? Error { get; init; }

    /// <summary>The reason that GitHub refuses the token for this repository; null if it does not.</summary>
    public TokenRefusal? Refusal { get; init; }

    /// <summary>The results, in the order of the share's lookups.</summary>
    public IReadOnlyList<GraphQlFound> Found { get; init; } = [];

    /// <summary>The newest commit of the default branch; null if the repository is empty or the commit was not requested.</summary>
    public GraphQlObject? Head { get; init; }

    /// <summary>The reason that <see cref="Head"/> is unknown.</summary>
    public UpstreamException? HeadError { get; init; }

    /// <summary>The facts of the repository, if they were requested.</summary>
    public RepositoryFacts? Facts { get; init; }

    /// <summary>The current address of the repository, if it has been renamed.</summary>
    public RepositoryAddress? RenamedTo { get; init; }
}
