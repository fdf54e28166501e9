namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>The kind of a type.</summary>
internal enum SchemaTypeKind
{
    Scalar,
    Object,
    Interface,
}
