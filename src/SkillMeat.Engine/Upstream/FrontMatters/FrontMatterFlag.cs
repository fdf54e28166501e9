namespace SkillMeat.Upstream.FrontMatters;

/// <summary>Reads true and false in front matter, in the spellings of YAML 1.1 too, which other tools still read.</summary>
internal static class FrontMatterFlag
{
    /// <summary>The value; null where the text is no such spelling.</summary>
    public static bool? Read(string? text) => text?.Trim().ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "ON" or "1" => true,
        "FALSE" or "NO" or "OFF" or "0" => false,
        _ => null,
    };
}
