namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>An argument that a field takes.</summary>
internal sealed record SchemaArgument(string Name, GraphQlType Type, bool HasDefault, object? Default)
{
    public bool IsRequired => Type.NonNull && !HasDefault;
}
