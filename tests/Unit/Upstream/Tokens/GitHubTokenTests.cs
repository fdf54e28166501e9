using System.Reflection;
using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Upstream.Tokens;
using Xunit;

namespace SkillMeat.Tests.Upstream.Tokens;

public sealed class GitHubTokenTests
{
    private const string Secret = "ghp_0123456789abcdef";

    [Fact]
    public void Nothing_public_tells_the_token()
    {
        var token = GitHubToken.From(Secret, "GITHUB_TOKEN")!;

        Assert.Equal("token from GITHUB_TOKEN", token.ToString());
        Assert.Equal("""{"Source":"GITHUB_TOKEN"}""", JsonSerializer.Serialize(token));
        Assert.All(typeof(GitHubToken).GetProperties(), property => Assert.NotEqual(Secret, property.GetValue(token)));
        Assert.DoesNotContain(typeof(GitHubToken).GetMethods(BindingFlags.Public | BindingFlags.Instance), m => m.Name == "Reveal");
        Assert.Equal(Secret, token.Reveal());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\r\n")]
    public void Blank_is_no_token(string? value) => Assert.Null(GitHubToken.From(value, "GITHUB_TOKEN"));

    [Fact]
    public void A_line_break_at_the_end_is_dropped() => Assert.Equal(Secret, GitHubToken.From($" {Secret}\r\n", "x")!.Reveal());

    [Theory]
    [InlineData("ghp_one\nX-Injected: two")]
    [InlineData("ghp_one\u0007two")]
    [InlineData("ghp_one two")]
    [InlineData("ghp_ö")]
    public void A_text_that_is_no_token_is_an_error_that_names_the_source_alone(string value)
    {
        var error = Assert.Throws<SkillMeatException>(() => GitHubToken.From(value, "settings.github-token in config.toml"));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.StartsWith("The token from settings.github-token in config.toml is not valid", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ghp_", error.ToString(), StringComparison.Ordinal);
    }
}
