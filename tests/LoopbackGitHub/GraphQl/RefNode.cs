namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>A branch or a tag.</summary>
internal sealed class RefNode(RepositoryNode repository, AdvertisedRef reference) : IGraphQlNode
{
    public string TypeName => "Ref";

    public object? Resolve(FieldCall call) => call.Name switch
    {
        "id" => NodeId.Of("REF", $"{repository.View.Repository.Id}:{reference.Name}"),
        "name" => reference.Name[Prefix.Length..],
        "prefix" => Prefix,
        "repository" => repository,
        "target" => repository.View.Resolve(reference.Id) is { } info ? repository.NodeOf(info) : null,
        _ => throw new InvalidOperationException(call.Name),
    };

    // "refs/heads/" of refs/heads/feature/x; for a ref that is neither branch nor tag, "refs/".
    private string Prefix => reference.Name.Split('/') is ["refs", var kind, _, ..] ? $"refs/{kind}/" : "refs/";
}
