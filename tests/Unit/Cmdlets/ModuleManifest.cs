using System.Text.RegularExpressions;
using SkillMeat.Tests.Support;

namespace SkillMeat.Tests.Cmdlets;

/// <summary>The module's manifest, as far as the tests need it: keys with a text or a list of texts.</summary>
public sealed class ModuleManifest
{
    private readonly string _text;

    private ModuleManifest(string text)
    {
        _text = text;
    }

    public static ModuleManifest Read() => new(File.ReadAllText(Path.Combine(Checkout.Folder, "module", "SkillMeat.psd1")));

    public string Text(string key) => Regex.Match(_text, $@"^\s*{key}\s*=\s*'([^']*)'", RegexOptions.Multiline) is { Success: true } found
        ? found.Groups[1].Value
        : throw new InvalidDataException($"The manifest has no text '{key}'.");

    public IReadOnlyList<string> List(string key) => Regex.Match(_text, $@"^\s*{key}\s*=\s*@\(([^)]*)\)", RegexOptions.Multiline) is { Success: true } found
        ? Regex.Matches(found.Groups[1].Value, "'([^']*)'").Select(m => m.Groups[1].Value).ToList()
        : throw new InvalidDataException($"The manifest has no list '{key}'.");
}
