using System.Buffers;

namespace SkillMeat.Collections;

/// <summary>Finds control characters.</summary>
internal static class ControlCharacters
{
    private static readonly SearchValues<char> _all = SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(char.IsControl)]);

    public static bool AreIn(string text) => text.AsSpan().ContainsAny(_all);
}
