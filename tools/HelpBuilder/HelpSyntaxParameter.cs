namespace SkillMeat.HelpBuilder;

/// <summary>A parameter as a line of syntax writes it.</summary>
/// <param name="Name">The name, without the hyphen.</param>
/// <param name="Type">The type of its value, without the angle brackets; null for a switch.</param>
/// <param name="IsRequired">Whether there are no brackets around the whole.</param>
/// <param name="IsPositional">Whether the name stands in brackets of its own.</param>
public sealed record HelpSyntaxParameter(string Name, string? Type, bool IsRequired, bool IsPositional);
