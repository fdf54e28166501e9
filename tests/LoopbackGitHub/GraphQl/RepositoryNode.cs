namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>A repository.</summary>
internal sealed class RepositoryNode(QuerySession session, RepositoryView view) : IGraphQlNode
{
    public string TypeName => "Repository";

    public QuerySession Session => session;

    public RepositoryView View => view;

    public string Url => $"{session.ServerUrl}/{view.Name}";

    public static string IdOf(HostedRepository repository) => NodeId.Of("R", repository.Id);

    public void Prepare(IReadOnlyList<FieldCall> calls) =>
        view.Repository.Prefetch(view.Refs, calls.Where(call => call.Name == "object").Select(ExpressionOf).OfType<string>());

    public object? Resolve(FieldCall call) => call.Name switch
    {
        "id" => IdOf(view.Repository),
        "databaseId" => view.Repository.Id,
        "name" => view.Name.Name,
        "nameWithOwner" => view.Name.ToString(),
        "owner" => new OwnerNode(session, "Organization", view.Name.Owner),
        "url" => Url,
        "resourcePath" => "/" + view.Name,
        "description" => view.Facts.Description,
        "homepageUrl" => null,
        "isArchived" => view.Facts.Archived,
        "isPrivate" => view.Facts.Private,
        "isDisabled" or "isFork" => false,
        "isEmpty" => view.IsEmpty,
        "licenseInfo" => DescribeLicense(),
        "repositoryTopics" => Connection.Of("RepositoryTopic", call, view.Facts.Topics, DescribeTopic),
        "defaultBranchRef" => FindRef(view.Refs.HeadTarget),
        "ref" => FindNamedRef(call.Text("qualifiedName")!),
        "refs" => ListRefs(call),
        "object" => FindObject(ExpressionOf(call)),
        _ => throw new InvalidOperationException(call.Name),
    };

    /// <summary>Returns an existing git object, and counts it.</summary>
    public GitObjectNode NodeOf(GitObjectInfo info)
    {
        session.CountObject();
        return new GitObjectNode(this, info);
    }

    private static string? ExpressionOf(FieldCall call) => call.Text("oid")?.ToLowerInvariant() ?? call.Text("expression");

    private GitObjectNode? FindObject(string? expression)
    {
        session.CountObject();
        return expression is not null && view.Resolve(expression) is { } info ? new GitObjectNode(this, info) : null;
    }

    private RefNode? FindRef(string? name) => name is not null && view.Refs.Find(name) is { } found ? new RefNode(this, found) : null;

    private RefNode? FindNamedRef(string name)
    {
        session.CountObject();
        return name.StartsWith("refs/", StringComparison.Ordinal) ? FindRef(name)
            : FindRef("refs/" + name) ?? FindRef("refs/heads/" + name) ?? FindRef("refs/tags/" + name);
    }

    private Connection ListRefs(FieldCall call)
    {
        var prefix = call.Text("refPrefix")!;
        var query = call.Text("query") ?? "";
        var refs = view.Refs.Refs
            .Where(reference => reference.Name.StartsWith(prefix, StringComparison.Ordinal) && reference.Name[prefix.Length..].Contains(query, StringComparison.Ordinal))
            .ToList();
        return Connection.Of("Ref", call, refs, reference => new RefNode(this, reference));
    }

    private RecordNode? DescribeLicense() => view.Facts.LicenseSpdx is null ? null : new RecordNode("License", new Dictionary<string, object?>
    {
        ["id"] = NodeId.Of("L", view.Facts.LicenseKey!),
        ["key"] = view.Facts.LicenseKey,
        ["name"] = view.Facts.LicenseName,
        ["spdxId"] = view.Facts.LicenseSpdx,
        ["url"] = null,
    });

    private RecordNode DescribeTopic(string topic) => new("RepositoryTopic", new Dictionary<string, object?>
    {
        ["id"] = NodeId.Of("RT", $"{view.Repository.Id}:{topic}"),
        ["topic"] = new RecordNode("Topic", new Dictionary<string, object?> { ["id"] = NodeId.Of("T", topic), ["name"] = topic }),
        ["url"] = $"{session.ServerUrl}/topics/{topic}",
        ["resourcePath"] = $"/topics/{topic}",
    });
}
