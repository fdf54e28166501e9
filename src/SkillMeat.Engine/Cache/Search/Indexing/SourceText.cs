namespace SkillMeat.Cache.Search.Indexing;

/// <summary>The part of an upstream address that people search for: without the scheme, and without the commit, which is another one for each artifact.</summary>
internal static class SourceText
{
    private const int ShortestCommit = 40;

    /// <summary>Returns the part.</summary>
    public static string? Of(string? upstream)
    {
        if (upstream is null) return null;
        var scheme = upstream.IndexOf("://", StringComparison.Ordinal);
        var parts = upstream[(scheme < 0 ? 0 : scheme + 3)..].Split('/');
        return string.Join('/', parts.Where((part, i) => !IsCommit(part) && !(part is "tree" or "blob" && i + 1 < parts.Length && IsCommit(parts[i + 1]))));
    }

    private static bool IsCommit(string part) => part.Length >= ShortestCommit && part.All(char.IsAsciiHexDigit);
}
