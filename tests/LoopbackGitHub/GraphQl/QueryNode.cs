using System.Globalization;

namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>The root.</summary>
internal sealed class QueryNode(QuerySession session) : IGraphQlNode
{
    public string TypeName => "Query";

    public object? Resolve(FieldCall call) => call.Name switch
    {
        "repository" => session.Find(call.Text("owner")!, call.Text("name")!, call.Flag("followRenames")),
        "viewer" => new OwnerNode(session, "User", "octocat"),
        "rateLimit" => DescribeRateLimit(),
        "node" => session.Find(call.Text("id")!)
            ?? throw new GraphQlFailureException("NOT_FOUND", $"Could not resolve to a node with the global id of '{call.Text("id")}'."),
        _ => throw new InvalidOperationException(call.Name),
    };

    private RecordNode DescribeRateLimit()
    {
        var (limit, used, remaining, reset) = session.RateLimit;
        return new RecordNode("RateLimit", new Dictionary<string, object?>
        {
            ["cost"] = session.Cost.Points,
            ["limit"] = limit,
            ["nodeCount"] = session.Cost.ConnectionNodes,
            ["remaining"] = remaining,
            ["resetAt"] = DateTimeOffset.FromUnixTimeSeconds(reset).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["used"] = used,
        });
    }
}
