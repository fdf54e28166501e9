using System.Text;
using SkillMeat.Merging;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Checks;

/// <summary>The file that describes an artifact which moved, or may be one.</summary>
/// <param name="Print">The pieces of its text.</param>
/// <param name="Name">The name in its front matter; null if there is none.</param>
internal sealed record MoveText(ContentFingerprint Print, string? Name)
{
    public static MoveText Of(string path, ReadOnlySpan<byte> bytes) => new(ContentFingerprint.Of(bytes), NameIn(path, Encoding.UTF8.GetString(bytes)));

    public static MoveText Of(string path, string text) => new(ContentFingerprint.Of(Encoding.UTF8.GetBytes(text)), NameIn(path, text));

    private static string? NameIn(string path, string text)
    {
        try
        {
            return FrontMatterReader.Read(path, text).Name;
        }
        catch (FrontMatterException)
        {
            // A file other than Markdown that is not valid has no name.
            return null;
        }
    }
}
