namespace SkillMeat.Upstream;

/// <summary>Everything that is asked about one repository in one go.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Paths">The artifacts that come from it.</param>
/// <param name="Containers">Folders whose entries are wanted, to find artifacts that the collection does not have.</param>
/// <param name="WithFacts">Whether the repository's description, topics, licence and archived state are wanted.</param>
internal sealed record RepositoryQuestion(
    RepositoryAddress Repository,
    IReadOnlyList<PathQuestion> Paths,
    IReadOnlyList<ContainerQuestion> Containers,
    bool WithFacts);
