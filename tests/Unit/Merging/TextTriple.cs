using System.Text;

namespace SkillMeat.Tests.Merging;

/// <summary>A text on the three sides of a merge.</summary>
public sealed record TextTriple(byte[] Base, byte[] Local, byte[] Upstream)
{
    public static TextTriple Of(string baseText, string local, string upstream) =>
        new(Encoding.UTF8.GetBytes(baseText), Encoding.UTF8.GetBytes(local), Encoding.UTF8.GetBytes(upstream));

    public override string ToString() => $"base     {Show(Base)}\nlocal    {Show(Local)}\nupstream {Show(Upstream)}";

    private static string Show(byte[] text) => $"\"{Encoding.UTF8.GetString(text).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
