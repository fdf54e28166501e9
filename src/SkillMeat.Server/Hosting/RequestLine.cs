namespace SkillMeat.Server.Hosting;

/// <summary>A request that was answered, for the log.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, without the query.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="DurationMs">The duration in milliseconds.</param>
/// <param name="Code">The id of the error, or null.</param>
internal sealed record RequestLine(string Method, string Path, int Status, double DurationMs, string? Code);
