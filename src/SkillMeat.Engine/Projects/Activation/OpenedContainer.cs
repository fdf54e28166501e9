namespace SkillMeat.Projects.Activation;

/// <summary>An object or array of the settings that did not exist, or had no items, before a part was added to it. So the file gets its bytes back when the part is taken out again.</summary>
/// <param name="File">The full path of the settings, without links.</param>
/// <param name="Path">The names of the members on the way to it; empty for the whole file.</param>
/// <param name="IsNew">Whether it did not exist.</param>
/// <param name="Text">The text between its brackets, if it existed; of a new whole file, the text of the blank file, or null if there was none.</param>
internal sealed record OpenedContainer(string File, IReadOnlyList<string> Path, bool IsNew, string? Text)
{
    /// <summary>Whether it is the container at a path.</summary>
    public bool IsAt(IEnumerable<string> path) => Path.SequenceEqual(path, StringComparer.Ordinal);
}
