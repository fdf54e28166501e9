using System.Text;
using SkillMeat.Toml;

namespace SkillMeat.Tests.Toml;

/// <summary>Converts documents from and to strings.</summary>
internal static class TomlText
{
    public static TomlDocument Parse(string text) => TomlDocument.Parse(Encoding.UTF8.GetBytes(text), "file.toml");

    public static string Edited(string text, Action<TomlTable> edit)
    {
        var document = Parse(text);
        edit(document.Root);
        return Encoding.UTF8.GetString(document.ToBytes());
    }
}
