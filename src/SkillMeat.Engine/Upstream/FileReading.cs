using SkillMeat.Errors;

namespace SkillMeat.Upstream;

/// <summary>The outcome of reading a file: the file, nothing when there is none, or why that is not known.</summary>
/// <param name="File">The file; null when there is none, and when it could not be read.</param>
/// <param name="Error">Why it could not be read.</param>
internal sealed record FileReading(FileAnswer? File, UpstreamException? Error)
{
    public static readonly FileReading Missing = new(File: null, Error: null);
}
