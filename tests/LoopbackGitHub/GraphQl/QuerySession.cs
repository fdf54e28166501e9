namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>The state that the nodes of one query share.</summary>
internal sealed class QuerySession(LoopbackGitHubOptions options, RepositoryIndex repositories, RateLimits limits, string serverUrl, QueryCost cost)
{
    private readonly Dictionary<HostedRepository, RepositoryNode> _repositories = [];
    private int _objects;

    public string ServerUrl => serverUrl;

    public QueryCost Cost => cost;

    /// <summary>The most bytes of a blob's text.</summary>
    public int MaxText => options.MaxGraphQlText;

    public (int Limit, int Used, int Remaining, long Reset) RateLimit => limits.GraphQl.Read();

    /// <summary>The repository of a name; the same node, and the same state of its refs, however often it is requested.</summary>
    /// <exception cref="GraphQlFailureException">There is no such repository.</exception>
    public RepositoryNode Find(string owner, string name, bool followRenames)
    {
        var repository = repositories.Find(new RepositoryName(owner, name), out var moved);
        return repository is null || (moved && !followRenames)
            ? throw new GraphQlFailureException("NOT_FOUND", $"Could not resolve to a Repository with the name '{owner}/{name}'.")
            : NodeOf(repository);
    }

    /// <summary>The repository of a node id.</summary>
    public RepositoryNode? Find(string nodeId) => repositories.All().FirstOrDefault(repository => RepositoryNode.IdOf(repository) == nodeId) is { } found ? NodeOf(found) : null;

    /// <summary>Counts an object that will be answered.</summary>
    /// <exception cref="GraphQlFailureException">There are too many objects.</exception>
    public void CountObject()
    {
        if (++_objects > options.MaxGraphQlObjects)
        {
            throw new GraphQlFailureException("RESOURCE_LIMITS_EXCEEDED", "Resource limits for this query exceeded.");
        }
    }

    private RepositoryNode NodeOf(HostedRepository repository)
    {
        if (repository.Facts.TokenRefusal is var refusal and not TokenRefusal.None)
        {
            throw new GraphQlFailureException("FORBIDDEN", TokenRefusals.Message(refusal, repository.Name.Owner))
            {
                Extensions = [new("saml_failure", refusal == TokenRefusal.Saml)],
            };
        }

        if (!_repositories.TryGetValue(repository, out var node))
        {
            _repositories[repository] = node = new RepositoryNode(this, RepositoryView.Of(repository));
        }

        return node;
    }
}
