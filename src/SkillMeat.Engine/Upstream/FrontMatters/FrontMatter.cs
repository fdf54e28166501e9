namespace SkillMeat.Upstream.FrontMatters;

/// <summary>
/// The front matter of an artifact's manifest file. A key without a value is the same as no key (formats.md), so null means that a key is absent.
/// </summary>
internal sealed record FrontMatter
{
    public static readonly FrontMatter Empty = new();

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Author { get; init; }

    public string? License { get; init; }

    public string? Category { get; init; }

    public bool? Deprecated { get; init; }

    /// <summary>The tags; null if there are none.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
}
