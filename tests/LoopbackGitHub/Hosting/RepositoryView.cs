namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>A repository at one state of its refs, so that one answer is consistent.</summary>
internal sealed record RepositoryView(HostedRepository Repository, RefSnapshot Refs)
{
    public RepositoryName Name => Repository.Name;

    public RepositoryFacts Facts => Repository.Facts;

    /// <summary>The name of the default branch; <c>main</c> for a detached HEAD.</summary>
    public string DefaultBranch => Refs.HeadTarget is { } target ? target["refs/heads/".Length..] : "main";

    public bool IsEmpty => !Refs.Refs.Any(reference => !reference.IsUnborn);

    public static RepositoryView Of(HostedRepository repository) => new(repository, repository.Refs());

    public GitObjectInfo? Resolve(string expression) => Repository.Resolve(Refs, expression);

    public GitText ReadText(string id) => GitText.Parse(Repository.Read(id));
}
