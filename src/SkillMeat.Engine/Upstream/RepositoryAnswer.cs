using SkillMeat.Errors;

namespace SkillMeat.Upstream;

/// <summary>What upstream said about one repository.</summary>
internal sealed record RepositoryAnswer
{
    public required RepositoryQuestion Question { get; init; }

    /// <summary>Set when the repository as a whole could not be asked; then nothing else is.</summary>
    public UpstreamException? Error { get; init; }

    /// <summary>The answers, in the order of <see cref="RepositoryQuestion.Paths"/>.</summary>
    public IReadOnlyList<PathAnswer> Paths { get; init; } = [];

    /// <summary>What the containers hold; those that are not there are absent.</summary>
    public IReadOnlyList<ContainerAnswer> Containers { get; init; } = [];

    /// <summary>Why some container could not be looked into.</summary>
    public UpstreamException? ContainersError { get; init; }

    /// <summary>The repository's own description and so on; null when they were not asked for or could not be told.</summary>
    public RepositoryFacts? Facts { get; init; }

    /// <summary>Why the facts could not be told, though the rest could.</summary>
    public UpstreamException? FactsError { get; init; }

    /// <summary>Where the repository is now, when it has another name than it was asked by.</summary>
    public RepositoryAddress? RenamedTo { get; init; }
}
