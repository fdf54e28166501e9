using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Upstream.Http;

/// <summary>Proxies in the environment, which a process reads at its start.</summary>
public sealed class ProxyEnvironmentTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("NO_PROXY=*", true)]
    [InlineData("NO_PROXY=git.corp.invalid", false)]
    [InlineData("NO_PROXY=other.example,.corp.invalid", false)]
    public async Task The_environment_names_the_proxy_and_who_is_asked_without_it(string exception, bool isUsed)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs the program env");
        await using var proxy = LoopbackServer.Script(Reply.Of(407));
        using var place = TestHome.WithSkills(0);
        string[] variables = [$"HTTPS_PROXY=http://ada:pr0xy-S3cret@{proxy.Root.Authority}", "GITHUB_SERVER_URL=https://git.corp.invalid", "GITHUB_TOKEN=ghp_1"];

        var run = await SkmProcess.StartAsync(
            "env", [.. variables, .. exception.Length > 0 ? [exception] : Array.Empty<string>(), .. SkmProcess.Command, "doctor", "--home", place.Home, "--format", "json"], TestContext.Current.CancellationToken);

        string Message(string check) => run.Json.EnumerateArray().Single(f => f.GetProperty("check").GetString() == check).GetProperty("message").GetString()!;
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(isUsed ? $"Requests go through the proxy http://{proxy.Root.Authority}." : "No proxy is used.", Message("proxy"));
        if (isUsed) Assert.StartsWith($"GitHub's API: the proxy http://{proxy.Root.Authority} does not let requests to git.corp.invalid through (407)", Message("reachable"), StringComparison.Ordinal);
        else Assert.Empty(proxy.Requests);
        Assert.DoesNotContain("S3cret", run.Output + run.Error, StringComparison.Ordinal);
    }
}
