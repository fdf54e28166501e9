namespace SkillMeat.Upstream.FrontMatters;

/// <summary>Parses booleans in front matter, including the spellings of YAML 1.1, which other tools still accept.</summary>
internal static class FrontMatterFlag
{
    /// <summary>Returns the value, or null if the text is not a boolean.</summary>
    public static bool? Read(string? text) => text?.Trim().ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "ON" or "1" => true,
        "FALSE" or "NO" or "OFF" or "0" => false,
        _ => null,
    };
}
