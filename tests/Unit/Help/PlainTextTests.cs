using Xunit;

namespace SkillMeat.Tests.Help;

/// <summary>Markdown is converted to text that is easy to read in a console.</summary>
public sealed class PlainTextTests : IDisposable
{
    private readonly PageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("one\ntwo", "one two")]
    [InlineData("one  \ntwo\\\nthree<br>four", "one\ntwo\nthree\nfour")]
    [InlineData("**bold**, *slanted*, `code` and `a | b`", "bold, slanted, code and a | b")]
    [InlineData("`<Type>` \\<Type\\> 1 < 2 &amp; 3 &gt; 2", "<Type> <Type> 1 < 2 & 3 > 2")]
    [InlineData("[the manual](https://example.org/m) and [Get-It](Get-It.md) and [below](#notes)", "the manual (https://example.org/m) and Get-It and below")]
    [InlineData("<https://example.org> [https://example.org](https://example.org)", "https://example.org https://example.org")]
    [InlineData("[`Get-It`][it]\n\n[it]: https://example.org/it", "Get-It (https://example.org/it)")]
    [InlineData("![a picture](picture.png) and <!-- nothing --> more", "a picture and  more")]
    [InlineData("#### A heading", "A heading")]
    [InlineData("a_b_c * d | e [f] _", "a_b_c * d | e [f] _")]
    [InlineData("> quoted\n> text", "quoted text")]
    [InlineData("> [!WARNING]\n> Careful.", "WARNING: Careful.")]
    public void One_paragraph(string markdown, string text) => Assert.Equal([text], _folder.ReadDescription(markdown));

    [Theory]
    [InlineData("- one\n- two\n  lines\n- `three`", "- one\n- two lines\n- three")]
    [InlineData("9. nine\n10. ten\n    - inner\n    - again", "9.  nine\n10. ten\n    - inner\n    - again")]
    [InlineData("- one\n\n- two\n\n  more", "- one\n\n- two\n\n  more")]
    [InlineData("- one\n  ```\n  code\n    more\n  ```\n- two", "- one\n\n      code\n        more\n- two")]
    public void A_list_is_one_paragraph_with_a_line_for_each_item(string markdown, string text) => Assert.Equal([text], _folder.ReadDescription(markdown));

    [Fact]
    public void Paragraphs_stay_apart_and_rules_and_comments_vanish() =>
        Assert.Equal(["one", "two", "three"], _folder.ReadDescription("one\n\n---\n\n<!-- a\ncomment -->\n\ntwo\n\n### three"));

    [Fact]
    public void Code_stands_indented_in_the_paragraph_above_it() =>
        Assert.Equal(["Type:\n\n    if ($x) {\n        y\n    }\n\n    z", "Then:"], _folder.ReadDescription("Type:\n```powershell\n\nif ($x) {\n\ty\n}\n\n```\n\n    z\n\nThen:"));

    [Fact]
    public void Code_at_the_beginning_is_not_indented() =>
        Assert.Equal(["Get-It\n\n    Get-It", "x"], _folder.ReadDescription("```\nGet-It\n```\n```\nGet-It\n```\n\nx"));

    [Fact]
    public void A_table_is_aligned() =>
        Assert.Equal(
            ["Name      Meaning\n--------  -----------------\na         First (https://a)\nlong | b"],
            _folder.ReadDescription("| Name | Meaning |\n|---|---|\n| `a` | [First](https://a) |\n| long \\| b | |"));

    [Fact]
    public void A_wide_tables_cells_are_broken_so_that_a_console_does_not_tear_it_apart()
    {
        var table = Assert.Single(_folder.ReadDescription($"| Key | Text | Since |\n|---|---|---|\n| first | {Words(20)} | 1.0 |\n| second | short | 2.0 |")).Split('\n');
        Assert.All(table, line => Assert.True(line.Length <= 72, line));
        Assert.Equal("Key     Text", table[0][..12]);
        Assert.StartsWith("first   word1 word2", table[2], StringComparison.Ordinal);
        Assert.EndsWith("  1.0", table[2], StringComparison.Ordinal);
        Assert.StartsWith("        word", table[3], StringComparison.Ordinal);
        Assert.StartsWith("second  short ", table[^1], StringComparison.Ordinal);
        Assert.Equal(20, string.Join(' ', table[2..^1]).Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(word => word.StartsWith("word", StringComparison.Ordinal)));
    }

    [Fact]
    public void Paragraphs_of_a_command_are_not_broken_because_Get_Help_does_that() => Assert.Equal([Words(60)], _folder.ReadDescription(Words(60)));

    internal static string Words(int count) => string.Join(' ', Enumerable.Range(1, count).Select(i => $"word{i}"));
}
