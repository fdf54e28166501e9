using System.Text;
using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.Tokens;
using Xunit;

namespace SkillMeat.Tests.Upstream.Http;

public sealed class RefusalTests
{
    [Theory]
    [InlineData(400, ErrorIds.UpstreamUnavailable)]
    [InlineData(401, ErrorIds.UpstreamUnauthorized)]
    [InlineData(403, ErrorIds.UpstreamForbidden)]
    [InlineData(404, ErrorIds.UpstreamNotFound)]
    [InlineData(410, ErrorIds.UpstreamUnavailable)]
    [InlineData(451, ErrorIds.UpstreamUnavailable)]
    [InlineData(501, ErrorIds.UpstreamUnavailable)]
    public async Task A_refusal_is_not_repeated(int status, string errorId)
    {
        await using var server = LoopbackServer.Script(Reply.Of(status, $$"""{"message":"{{HttpRig.Secret}}"}"""));
        using var http = HttpRig.Client(server);

        var error = await HttpRig.RefusedAsync(http, HttpRig.Get(server), errorId);

        Assert.Contains($"{status}", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_refused_token_is_named_by_its_source()
    {
        await using var server = LoopbackServer.Script(Reply.Of(401));
        using var http = HttpRig.Client(server, HttpRig.Quick with { Token = GitHubToken.From(HttpRig.Secret, "the --token option") });

        var error = await HttpRig.RefusedAsync(http, HttpRig.Get(server), ErrorIds.UpstreamUnauthorized);

        Assert.Equal($"repository o/r: the token from the --token option was refused by {server.Root.Authority} (401).", error.Message);
    }

    [Theory]
    [InlineData(nameof(HostRole.Git), 401, ErrorIds.UpstreamNotFound)]
    [InlineData(nameof(HostRole.Api), 401, ErrorIds.UpstreamUnauthorized)]
    [InlineData(nameof(HostRole.Api), 404, ErrorIds.UpstreamNotFound)]
    public async Task Without_a_token_the_error_says_that_one_may_help(string role, int status, string errorId)
    {
        await using var server = LoopbackServer.Script(Reply.Of(status));
        using var http = HttpRig.Client(server, HttpRig.Quick);

        var error = await HttpRig.RefusedAsync(http, HttpRig.Get(server) with { Role = Enum.Parse<HostRole>(role) }, errorId);

        Assert.EndsWith("If it is private, a token is needed: set GITHUB_TOKEN, or log in with 'gh auth login'.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_token_that_sees_nothing_the_error_names_its_source()
    {
        await using var server = LoopbackServer.Script(Reply.Of(404));
        using var http = HttpRig.Client(server);

        var error = await HttpRig.RefusedAsync(http, HttpRig.Get(server), ErrorIds.UpstreamNotFound);

        Assert.EndsWith("If it is private, the token from GITHUB_TOKEN cannot access it.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_token_for_another_host_the_error_says_that_it_was_kept_back()
    {
        await using var server = LoopbackServer.Script(Reply.Of(404));
        using var http = new UpstreamHttp(HttpRig.QuickWithToken, GitHubHosts.DotCom, TimeProvider.System);

        var error = await HttpRig.RefusedAsync(http, HttpRig.Get(server), ErrorIds.UpstreamNotFound);

        Assert.Contains($"The token from GITHUB_TOKEN is not sent to {server.Root.AbsoluteUri.TrimEnd('/')}", error.Message, StringComparison.Ordinal);
        Assert.Null(Assert.Single(server.Requests).Header("Authorization"));
    }

    [Fact]
    public async Task The_words_of_a_403_are_shown_tamed()
    {
        string words = "Resource\u001b[31m protected\r\nby \u202ebad\u2028things " + HttpRig.Secret[..10] + "\u200b" + HttpRig.Secret[10..] + new string('x', 500);
        await using var server = LoopbackServer.Script(Reply.Of(403, JsonSerializer.Serialize(new { message = words })));
        using var http = HttpRig.Client(server);

        var error = await HttpRig.RefusedAsync(http, HttpRig.Get(server), ErrorIds.UpstreamForbidden);

        string shown = error.Message[error.Message.IndexOf("(403): ", StringComparison.Ordinal)..];
        Assert.StartsWith("(403): Resource[31m protected by bad things [token]xxx", shown, StringComparison.Ordinal);
        Assert.EndsWith("x….", shown, StringComparison.Ordinal);
        Assert.Equal("(403): ".Length + 200 + ".".Length, shown.Length);
    }

    [Theory]
    [InlineData("<html>no</html>")]
    [InlineData("[1]")]
    [InlineData("""{"message": 7}""")]
    [InlineData("""{"message": "\ud800"}""")]
    [InlineData("")]
    public async Task A_403_without_words_stands_alone(string body)
    {
        await using var server = LoopbackServer.Script(Reply.Of(403, body));
        using var http = HttpRig.Client(server);

        var error = await HttpRig.RefusedAsync(http, HttpRig.Get(server), ErrorIds.UpstreamForbidden);

        Assert.EndsWith("refuses access (403).", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_echoed_in_a_malformed_answer_is_in_no_inner_exception()
    {
        string basic = TokenScrubber.BasicCredentials(HttpRig.Secret);
        await using var server = LoopbackServer.Script(new Reply(Encoding.ASCII.GetBytes($"{HttpRig.Secret} {basic}\r\n\r\n"), ReplyEnd.Close));
        using var http = HttpRig.Client(server);

        var error = await HttpRig.RefusedAsync(http, HttpRig.Get(server), ErrorIds.UpstreamUnavailable);

        Assert.Contains("[token]", error.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_that_the_caller_calls_normal_reaches_the_reader()
    {
        await using var server = LoopbackServer.Script(Reply.Of(409, "empty"));
        using var http = HttpRig.Client(server);

        var answer = await http.SendAsync(HttpRig.Get(server) with { AlsoNormal = [System.Net.HttpStatusCode.Conflict] }, TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.Conflict, answer.Response.Status);
        Assert.Equal("empty", Encoding.UTF8.GetString(answer.Body.Span));
    }
}
