namespace SkillMeat.Upstream;

/// <summary>All questions about one repository.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Paths">The artifacts from the repository.</param>
/// <param name="Containers">The folders to list, in order to find artifacts that the collection does not have.</param>
/// <param name="WithFacts">Whether to read the repository's description, topics, licence and archived state.</param>
internal sealed record RepositoryQuestion(
    RepositoryAddress Repository,
    IReadOnlyList<PathQuestion> Paths,
    IReadOnlyList<ContainerQuestion> Containers,
    bool WithFacts)
{
    /// <summary>Files to read in the same request, each with one path, where that is possible.</summary>
    public IReadOnlyList<FileQuestion> Files { get; init; } = [];
}
