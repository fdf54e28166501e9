namespace SkillMeat.Merging;

/// <summary>Which files are merged line by line: text as git tells it from binary, up to a size at which a merge still takes seconds.</summary>
internal static class MergeableText
{
    public const int MostBytes = 8 * 1024 * 1024;

    public const int MostLines = 200_000;

    private const int NulWindow = 8000;

    public static bool IsText(ReadOnlySpan<byte> content) => !content[..Math.Min(content.Length, NulWindow)].Contains((byte)0);

    public static bool IsSmall(ReadOnlySpan<byte> content) => content.Length <= MostBytes && content.Count((byte)'\n') < MostLines;
}
