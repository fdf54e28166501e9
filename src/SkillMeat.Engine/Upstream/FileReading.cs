using SkillMeat.Errors;

namespace SkillMeat.Upstream;

/// <summary>The outcome of reading a file: the file, no file, or an error.</summary>
/// <param name="File">The file; null if it does not exist or could not be read.</param>
/// <param name="Error">The reason that the file could not be read; null if there was no error.</param>
internal sealed record FileReading(FileAnswer? File, UpstreamException? Error)
{
    public static readonly FileReading Missing = new(File: null, Error: null);
}
