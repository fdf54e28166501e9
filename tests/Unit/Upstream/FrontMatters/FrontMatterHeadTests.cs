using SkillMeat.Upstream.FrontMatters;
using Xunit;

namespace SkillMeat.Tests.Upstream.FrontMatters;

/// <summary>The beginning of a file that is kept of it has all of its front matter.</summary>
public sealed class FrontMatterHeadTests
{
    [Theory]
    [InlineData("---\ndescription: A\n---\n\n# Body\n", "---\ndescription: A\n---")]
    [InlineData("---\r\ndescription: A\r\n---\r\nBody", "---\r\ndescription: A\r\n---")]
    [InlineData("\ufeff---\ndescription: A\n...\nBody", "\ufeff---\ndescription: A\n...")]
    [InlineData("---\ndescription: A\n---", "---\ndescription: A\n---")]
    [InlineData("---\n---\nBody", "---\n---")]
    [InlineData("# Body\n---\ndescription: A\n---\n", "")]
    [InlineData("", "")]
    public void The_head_ends_with_the_front_matter(string text, string head)
    {
        Assert.Equal(head, FrontMatterReader.Head("a/SKILL.md", text));
        Assert.Equal(FrontMatterReader.Read("a/SKILL.md", text).Values, FrontMatterReader.Read("a/SKILL.md", head).Values);
    }

    [Fact]
    public void An_open_front_matter_stays_an_error()
    {
        var head = FrontMatterReader.Head("SKILL.md", "---\ndescription: A\n# Body");

        Assert.Contains("no closing", Assert.Single(FrontMatterReader.Read("SKILL.md", head).Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mcp.json")]
    [InlineData("agent.yaml")]
    public void Another_file_is_kept_as_a_whole(string path) => Assert.Equal("---\na: 1\n---\nb", FrontMatterReader.Head(path, "---\na: 1\n---\nb"));
}
