namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>A value whose fields are known beforehand.</summary>
internal sealed class RecordNode(string typeName, IReadOnlyDictionary<string, object?> fields) : IGraphQlNode
{
    public string TypeName => typeName;

    public object? Resolve(FieldCall call) => fields[call.Name];
}
