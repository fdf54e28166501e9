namespace SkillMeat.Toml;

/// <summary>The text between a pair of braces or brackets. Commas follow from the items, except a trailing comma in an array.</summary>
internal sealed class InlineBlock
{
    public required int Head { get; init; }

    public required int Tail { get; init; }

    public bool HasTrailingComma { get; set; }

    public bool IsChanged { get; set; }
}
