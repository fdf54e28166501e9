using SkillMeat.Cache.Search.Words;
using Xunit;

namespace SkillMeat.Tests.Cache.Search;

/// <summary>Words are what people take for words.</summary>
public sealed class WordTests
{
    [Theory]
    [InlineData("pdf-Tools, v2!", "pdf tools v2 ")]
    [InlineData("myPdfTool HTMLParser", "my pdf tool html parser mypdftool htmlparser ")]
    [InlineData("don't e\u0301te\u0301 naïve Ångström", "don t ete naive angstrom ")]
    [InlineData("ПРИВЕТ Ελλάς", "привет ελλασ ")]
    [InlineData("编程Python", "编程 程 python ")]
    [InlineData("ｆｕｌｌ１", "full1 ")]
    [InlineData("a\u00ADb c\u200Bd", "ab c d ")]
    [InlineData("   ", "")]
    public void Texts_become_words(string text, string expected) => Assert.Equal(expected, new WordList().Of(text));

    [Theory]
    [InlineData("test", "tset", 1)]
    [InlineData("test", "test", 0)]
    [InlineData("converter", "convrter", 1)]
    [InlineData("converter", "convrtre", 2)]
    [InlineData("abc", "xyz", 3)]
    [InlineData("a", "abcdef", 3)]
    public void Typing_errors_are_counted(string typed, string word, int expected) => Assert.Equal(expected, EditDistance.Of(typed, word, 2));

    [Fact]
    public void Places_are_those_of_the_text()
    {
        const string Text = "Ä ｆｕｌｌ e\u0301t 文档";
        Assert.Equal(["Ä", "ｆｕｌｌ", "e\u0301t", "文档"], new WordSplitter().Split(Text).Select(segment => Text[segment.Start..segment.End]));
    }
}
