namespace SkillMeat.Updates;

/// <summary>A file in conflict, as a person resolved it.</summary>
/// <param name="Path">The path of the conflict.</param>
/// <param name="Content">The content, or null to leave the file out.</param>
/// <param name="State">The <see cref="ConflictTexts.State"/> of the conflict that the person saw. If either side was changed since, the artifact stays as it is.</param>
/// <remarks>Immutable. Line feeds become carriage return and line feed if the local file has these.</remarks>
public sealed record ResolvedFile(string Path, ReadOnlyMemory<byte>? Content, string State);
