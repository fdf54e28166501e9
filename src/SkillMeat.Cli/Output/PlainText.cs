using System.Buffers;

namespace SkillMeat.Cli.Output;

/// <summary>Makes untrusted text safe for a terminal.</summary>
internal static class PlainText
{
    private static readonly SearchValues<char> _controls = SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(char.IsControl)]);

    /// <summary>Replaces control characters by spaces, except line ends and tabs.</summary>
    public static string OnLines(string text) => new(text.Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? ' ' : c).ToArray());

    /// <summary>Replaces control characters, which a terminal would obey, and line ends by spaces.</summary>
    public static string OnOneLine(string text) => text.AsSpan().ContainsAny(_controls) ? new string(text.Select(c => char.IsControl(c) ? ' ' : c).ToArray()) : text;
}
