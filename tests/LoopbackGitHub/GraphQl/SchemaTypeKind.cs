namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>What a type is.</summary>
internal enum SchemaTypeKind
{
    Scalar,
    Object,
    Interface,
}
