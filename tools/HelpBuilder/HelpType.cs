namespace SkillMeat.HelpBuilder;

/// <summary>A type of objects that a command takes from the pipeline or returns.</summary>
/// <param name="Name">The type's name, or <c>None</c>.</param>
/// <param name="Description">The description; may be empty.</param>
public sealed record HelpType(string Name, IReadOnlyList<string> Description);
