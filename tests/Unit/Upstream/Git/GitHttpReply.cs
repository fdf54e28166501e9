namespace SkillMeat.Tests.Upstream.Git;

/// <summary>The answer that the backend will send.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The content type.</param>
/// <param name="Body">The body.</param>
internal sealed record GitHttpReply(int Status, string Type, byte[] Body)
{
    /// <summary>The target of a redirect.</summary>
    public string? Location { get; init; }

    /// <summary>The number of bytes to send before the connection breaks; null for all.</summary>
    public int? BreakAfter { get; init; }
}
