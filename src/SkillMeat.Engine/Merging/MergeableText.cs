namespace SkillMeat.Merging;

/// <summary>Decides which files are merged by line: text, by git's rule for binary files, up to a size that merges within seconds.</summary>
internal static class MergeableText
{
    public const int MostBytes = 8 * 1024 * 1024;

    public const int MostLines = 200_000;

    private const int NulWindow = 8000;

    public static bool IsText(ReadOnlySpan<byte> content) => !content[..Math.Min(content.Length, NulWindow)].Contains((byte)0);

    public static bool IsSmall(ReadOnlySpan<byte> content) => content.Length <= MostBytes && content.Count((byte)'\n') < MostLines;
}
