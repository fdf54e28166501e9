namespace SkillMeat.HelpBuilder;

/// <summary>A parameter in a line of syntax.</summary>
/// <param name="Name">The name, without the hyphen.</param>
/// <param name="Type">The type of its value, without the angle brackets; null for a switch.</param>
/// <param name="IsRequired">Whether the whole has no brackets around it.</param>
/// <param name="IsPositional">Whether the name has brackets of its own.</param>
public sealed record HelpSyntaxParameter(string Name, string? Type, bool IsRequired, bool IsPositional);
