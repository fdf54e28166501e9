using SkillMeat.Errors;

namespace SkillMeat.Upstream;

/// <summary>An answer from upstream about one repository.</summary>
internal sealed record RepositoryAnswer
{
    public required RepositoryQuestion Question { get; init; }

    /// <summary>The error for the whole repository; if it is set, the answer holds nothing else.</summary>
    public UpstreamException? Error { get; init; }

    /// <summary>The answers, in the order of <see cref="RepositoryQuestion.Paths"/>.</summary>
    public IReadOnlyList<PathAnswer> Paths { get; init; } = [];

    /// <summary>The contents of the containers. Containers that do not exist are left out.</summary>
    public IReadOnlyList<ContainerAnswer> Containers { get; init; } = [];

    /// <summary>The error of a container that could not be listed.</summary>
    public UpstreamException? ContainersError { get; init; }

    /// <summary>The files that were read in the same request, and those that are missing. The others must be read by themselves.</summary>
    public IReadOnlyList<(FileQuestion Question, FileReading Reading)> Files { get; init; } = [];

    /// <summary>The description, topics and other facts of the repository; null if they were not requested or are unknown.</summary>
    public RepositoryFacts? Facts { get; init; }

    /// <summary>The error if only the facts could not be read.</summary>
    public UpstreamException? FactsError { get; init; }

    /// <summary>The current address of the repository, if it has been renamed.</summary>
    public RepositoryAddress? RenamedTo { get; init; }
}
