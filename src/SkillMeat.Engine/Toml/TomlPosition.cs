using System.Text;

namespace SkillMeat.Toml;

/// <summary>A position in the file as it was read: line and column, counted from 1, columns in characters; <see cref="None"/> for text written since.</summary>
internal readonly record struct TomlPosition(int Line, int Column)
{
    public static TomlPosition None => default;

    public static TomlPosition Of(ReadOnlySpan<byte> text, int offset)
    {
        var before = text[..offset];
        var line = before.Count((byte)'\n') + 1;
        var start = before.LastIndexOf((byte)'\n') + 1;
        if (start == 0 && before.StartsWith(Encoding.UTF8.Preamble)) start = Encoding.UTF8.Preamble.Length;

        var column = 1;
        foreach (var b in before[start..])
        {
            var continues = (b & 0xC0) == 0x80;
            if (!continues) column++;
        }

        return new TomlPosition(line, column);
    }
}
