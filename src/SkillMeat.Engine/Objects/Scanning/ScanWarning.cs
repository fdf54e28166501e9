namespace SkillMeat.Objects.Scanning;

/// <summary>An entry of a scanned folder that was not stored.</summary>
/// <param name="Path">The path relative to the folder.</param>
/// <param name="Message">The reason, in one line.</param>
internal sealed record ScanWarning(string Path, string Message);
