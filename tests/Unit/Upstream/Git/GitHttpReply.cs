namespace SkillMeat.Tests.Upstream.Git;

/// <summary>What the backend is about to answer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The content type.</param>
/// <param name="Body">The body.</param>
internal sealed record GitHttpReply(int Status, string Type, byte[] Body)
{
    /// <summary>Where a redirect leads.</summary>
    public string? Location { get; init; }

    /// <summary>How many bytes are sent before the connection breaks; null sends all.</summary>
    public int? BreakAfter { get; init; }
}
