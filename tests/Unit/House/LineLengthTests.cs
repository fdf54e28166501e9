using System.Globalization;
using System.Text.RegularExpressions;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.House;

/// <summary>The length of lines that .editorconfig names, which the formatter does not check. A line may be longer if a single text makes it so.</summary>
public sealed partial class LineLengthTests
{
    private const int LongText = 100;

    [Fact]
    public void No_line_is_longer_than_editorconfig_says()
    {
        var most = int.Parse(MaxLength().Match(File.ReadAllText(Path.Combine(Checkout.Folder, ".editorconfig"))).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.Empty(new[] { "src", "tests", "tools", "bench" }.SelectMany(Sources).SelectMany(file => File.ReadLines(file)
            .Select((line, i) => (Line: line, Place: $"{Path.GetRelativePath(Checkout.Folder, file)}:{i + 1}"))
            .Where(one => one.Line.Length > most && !Texts().Matches(one.Line).Any(text => text.Length >= LongText))
            .Select(one => one.Place)));
    }

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(Path.Combine(Checkout.Folder, folder), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    [GeneratedRegex(@"max_line_length = (\d+)")]
    private static partial Regex MaxLength();

    [GeneratedRegex(@"""(?:\\.|[^""\\])*""")]
    private static partial Regex Texts();
}
