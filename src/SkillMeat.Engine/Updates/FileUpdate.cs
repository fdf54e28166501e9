namespace SkillMeat.Updates;

/// <summary>A file of an artifact that an update changes.</summary>
/// <param name="Path">The path in the artifact, with <c>/</c>; for an artifact of one file, the file's name.</param>
/// <param name="Kind">The change.</param>
/// <remarks>Immutable.</remarks>
public sealed record FileUpdate(string Path, FileUpdateKind Kind)
{
    /// <summary>The change as a unified diff; null if the file is not text, and in results of updates that were not dry runs.</summary>
    public string? Diff { get; init; }

    /// <summary>Describes the change.</summary>
    /// <returns>A text such as <c>SKILL.md (changed)</c>.</returns>
    public override string ToString() => $"{Path} ({Kind.ToString().ToLowerInvariant()})";
}
