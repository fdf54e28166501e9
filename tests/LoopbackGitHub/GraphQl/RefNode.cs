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
        "compare" => Compare(call.Text("headRef")!),
        "target" => repository.View.Resolve(reference.Id) is { } info ? repository.NodeOf(info) : null,
        _ => throw new InvalidOperationException(call.Name),
    };

    // The other one is a name or the id of a commit. Null if there is no such commit, or if the two have no common one.
    private RecordNode? Compare(string other)
    {
        if (repository.View.Resolve(reference.Id + "^{commit}") is not { } own || repository.View.Resolve(other + "^{commit}") is not { } head) return null;
        if (repository.View.Repository.CountCommits(own.Id, head.Id) is not (var behind, var ahead)) return null;
        return new RecordNode("Comparison", new Dictionary<string, object?>
        {
            ["id"] = NodeId.Of("CMP", $"{own.Id}...{head.Id}"),
            ["aheadBy"] = ahead,
            ["behindBy"] = behind,
            ["baseTarget"] = repository.NodeOf(own),
            ["headTarget"] = repository.NodeOf(head),
        });
    }

    // "refs/heads/" of refs/heads/feature/x; for a ref that is neither branch nor tag, "refs/".
    private string Prefix => reference.Name.Split('/') is ["refs", var kind, _, ..] ? $"refs/{kind}/" : "refs/";
}
