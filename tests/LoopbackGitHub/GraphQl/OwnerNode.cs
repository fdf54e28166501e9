namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>A user or an organization.</summary>
internal sealed class OwnerNode(QuerySession session, string typeName, string login) : IGraphQlNode
{
    public string TypeName => typeName;

    public object? Resolve(FieldCall call) => call.Name switch
    {
        "id" => NodeId.Of(typeName[..1], login),
        "login" or "name" => login,
        "url" => $"{session.ServerUrl}/{login}",
        "resourcePath" => "/" + login,
        _ => throw new InvalidOperationException(call.Name),
    };
}
