namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>
/// An argument. A value is null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/>, a list of values,
/// an object as a dictionary, an <see cref="EnumLiteral"/> or a <see cref="VariableReference"/>.
/// </summary>
internal sealed record GraphQlArgument(string Name, object? Value, int Position);
