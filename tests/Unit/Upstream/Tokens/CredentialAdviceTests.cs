using SkillMeat.Upstream.Tokens;
using Xunit;

namespace SkillMeat.Tests.Upstream.Tokens;

public sealed class CredentialAdviceTests
{
    [Theory]
    [InlineData("https://github.com/o/r", null, "a token is needed: set GITHUB_TOKEN, or log in with 'gh auth login'.")]
    [InlineData("https://api.github.com/repos/o/r", null, "a token is needed: set GITHUB_TOKEN, or log in with 'gh auth login'.")]
    [InlineData("https://ghe.example.com/o/r", "https://ghe.example.com", "a token is needed: set GITHUB_TOKEN, or log in with 'gh auth login'.")]
    [InlineData("https://github.com/o/r", "https://ghe.example.com", "log in with 'gh auth login --hostname github.com' and 'gh auth setup-git'.")]
    [InlineData("https://octo.ghe.com/o/r", null, "log in with 'gh auth login --hostname octo.ghe.com' and 'gh auth setup-git'.")]
    [InlineData("https://gitlab.com/g/r", null, "give a personal access token as the password of user 'oauth2' to git's credential helper ('git credential approve').")]
    [InlineData("https://gitlab.example.com/g/r", null, "give a personal access token as the password of user 'oauth2' to git's credential helper ('git credential approve').")]
    [InlineData("https://bitbucket.org/w/r", null, "give an API token as the password of user 'x-bitbucket-api-token-auth' to git's credential helper ('git credential approve').")]
    [InlineData("https://dev.azure.com/org/project/_git/r", null, "give a personal access token as the password of any user to git's credential helper ('git credential approve').")]
    [InlineData("https://org.visualstudio.com/project/_git/r", null, "give a personal access token as the password of any user to git's credential helper ('git credential approve').")]
    [InlineData("https://notgithub.com/o/r", null, "give a user name and a password or token to git's credential helper ('git credential approve').")]
    [InlineData("https://codeberg.org/o/r", "https://ghe.example.com", "give a user name and a password or token to git's credential helper ('git credential approve').")]
    public void Each_host_has_its_own_way(string address, string? server, string advice) =>
        Assert.Equal(advice, CredentialAdvice.For(new Uri(address), GitHubHosts.FromEnvironment(name => name == "GITHUB_SERVER_URL" ? server : null)));
}
