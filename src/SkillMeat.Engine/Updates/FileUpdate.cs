namespace SkillMeat.Updates;

/// <summary>A file of an artifact that an update changes.</summary>
/// <param name="Path">Its path in the artifact, with <c>/</c>; for an artifact of one file its name.</param>
/// <param name="Kind">What becomes of it.</param>
/// <remarks>Immutable.</remarks>
public sealed record FileUpdate(string Path, FileUpdateKind Kind)
{
    /// <summary>The change as a unified diff; null where it is not of text, and in results of updates that were made.</summary>
    public string? Diff { get; init; }
}
