namespace SkillMeat.Objects.Scanning;

/// <summary>Something in a scanned folder that is not stored.</summary>
/// <param name="Path">Its path below that folder.</param>
/// <param name="Message">Why, in one line.</param>
internal sealed record ScanWarning(string Path, string Message);
