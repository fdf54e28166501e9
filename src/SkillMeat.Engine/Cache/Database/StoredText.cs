namespace SkillMeat.Cache.Database;

/// <summary>Texts as the database stores them.</summary>
internal static class StoredText
{
    /// <summary>Returns the text. A NUL, at which SQLite would end it, becomes the replacement character.</summary>
    public static string Of(string text) => text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\uFFFD') : text;
}
