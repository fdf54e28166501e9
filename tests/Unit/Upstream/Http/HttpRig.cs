using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.Tokens;
using Xunit;

namespace SkillMeat.Tests.Upstream.Http;

/// <summary>A client for a loopback server, with a token that must not appear in any message.</summary>
internal static class HttpRig
{
    public const string Secret = "ghp_S3cretS3cretS3cretS3cretS3cret0123456";

    public static readonly UpstreamOptions Quick = new() { BaseDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(5), AttemptTimeout = TimeSpan.FromSeconds(20) };

    public static readonly UpstreamOptions QuickWithToken = Quick with { Token = GitHubToken.From(Secret, "GITHUB_TOKEN") };

    public static GitHubHosts HostsOf(Uri root) => GitHubHosts.FromEnvironment(name => name == "GITHUB_SERVER_URL" ? root.AbsoluteUri : null);

    public static UpstreamHttp Client(LoopbackServer server, UpstreamOptions? options = null, TimeProvider? time = null, Action<string>? verbose = null) =>
        new(options ?? QuickWithToken, HostsOf(server.Root), time ?? TimeProvider.System, verbose: verbose);

    public static UpstreamHttpRequest Get(LoopbackServer server, string path = "api/v3/repos/o/r") =>
        new() { Uri = new Uri(server.Root, path), What = "repository o/r", Role = HostRole.Api, Expect = ExpectedBody.Json, Accept = "application/json" };

    public static async Task<string> AskAsync(UpstreamHttp http, UpstreamHttpRequest request, CancellationToken? cancellationToken = null) =>
        await http.SendAsync(request, ReadJsonAsync, cancellationToken ?? TestContext.Current.CancellationToken);

    /// <summary>Sends a request, expects an error, and asserts the rules for all errors: the id, one line, and no token.</summary>
    public static async Task<UpstreamException> RefusedAsync(UpstreamHttp http, UpstreamHttpRequest request, string errorId)
    {
        var error = await Assert.ThrowsAsync<UpstreamException>(() => AskAsync(http, request));
        Assert.Equal(errorId, error.ErrorId);
        Assert.DoesNotContain('\n', error.Message);
        AssertNoToken(error.ToString());
        for (Exception? e = error; e is not null; e = e.InnerException) AssertNoToken(e.Message);
        return error;
    }

    public static void AssertNoToken(string text)
    {
        Assert.DoesNotContain(Secret, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(TokenScrubber.BasicCredentials(Secret), text, StringComparison.Ordinal);
    }

    private static async Task<string> ReadJsonAsync(Stream body, UpstreamResponse response, CancellationToken cancellationToken)
    {
        using var json = await JsonDocument.ParseAsync(body, default, cancellationToken);
        return json.RootElement.GetProperty("name").GetString()!;
    }
}
