using System.Text;

namespace SkillMeat.Tests.Merging;

/// <summary>A text, and what two sides made of it.</summary>
public sealed record TextTriple(byte[] Original, byte[] Local, byte[] Upstream)
{
    public static TextTriple Of(string original, string local, string upstream) =>
        new(Encoding.UTF8.GetBytes(original), Encoding.UTF8.GetBytes(local), Encoding.UTF8.GetBytes(upstream));

    public override string ToString() => $"original {Show(Original)}\nlocal    {Show(Local)}\nupstream {Show(Upstream)}";

    private static string Show(byte[] text) => $"\"{Encoding.UTF8.GetString(text).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
