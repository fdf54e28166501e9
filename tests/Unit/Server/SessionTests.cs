using System.Net;
using SkillMeat.Server.Hosting;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>The sessions of browsers.</summary>
public sealed class SessionTests
{
    private const string Collections = "api/v1/collections";

    [Fact]
    public async Task Services_of_two_homes_do_not_sign_each_other_out()
    {
        await using var one = await ServiceScene.StartAsync();
        await using var other = await ServiceScene.StartAsync();
        using var browser = one.CreateClient();
        using var second = other.CreateClient();
        var (first, last) = (await SignInAsync(one, browser), await SignInAsync(other, second));
        Assert.NotEqual(first.Split('=')[0], last.Split('=')[0]);
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, Collections, null, ("Cookie", $"{last}; {first}"))).Succeeds();
        // An older one of the same name may come as well.
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, Collections, null, ("Cookie", $"{first.Split('=')[0]}=old; {first}"))).Succeeds();
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, Collections, null, ("Cookie", last))).Fails(401, "Unauthorized");
    }

    [Fact]
    public async Task Each_session_is_another_one_and_outlives_the_service_but_not_its_token()
    {
        using var place = TestHome.Sample();
        string cookie;
        await using (var server = await StartAsync(place))
        {
            using var browser = CreateClient(server);
            cookie = await SignInAsync(browser, server.Ready.Token);
            Assert.NotEqual(cookie, await SignInAsync(browser, server.Ready.Token));
            foreach (var file in Directory.GetFiles(place.At("service")))
            {
                Assert.DoesNotContain(cookie.Split('=', 2)[1], await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
                if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }

        await using (var server = await StartAsync(place))
        {
            using var browser = CreateClient(server);
            (await ServiceScene.SendAsync(browser, HttpMethod.Get, Collections, null, ("Cookie", cookie))).Succeeds();
        }

        File.Delete(place.At("service", "token"));
        await using (var server = await StartAsync(place))
        {
            using var browser = CreateClient(server);
            (await ServiceScene.SendAsync(browser, HttpMethod.Get, Collections, null, ("Cookie", cookie))).Fails(401, "Unauthorized");
        }
    }

    [Fact]
    public async Task A_session_ends_after_thirty_days()
    {
        var time = new MovedTime();
        await using var scene = await ServiceScene.StartAsync(change: options => options with { Time = time });
        using var browser = scene.CreateClient();
        var cookie = await SignInAsync(scene, browser);
        time.Moved = TimeSpan.FromDays(29);
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, Collections, null, ("Cookie", cookie))).Succeeds();
        time.Moved = TimeSpan.FromDays(31);
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, Collections, null, ("Cookie", cookie))).Fails(401, "Unauthorized");
    }

    [Theory]
    [InlineData("same-site", "navigate")]
    [InlineData("same-site", "cors")]
    [InlineData("cross-site", "navigate")]
    [InlineData("unknown", "cors")]
    public async Task A_cookie_serves_our_own_page_alone_for_reads_too(string site, string mode)
    {
        await using var scene = await ServiceScene.StartAsync();
        using var browser = scene.CreateClient();
        var cookie = await SignInAsync(scene, browser);
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, Collections, null, ("Cookie", cookie), ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode))).Fails(403, "Forbidden");
        foreach (var ours in new[] { "same-origin", "none" }) (await ServiceScene.SendAsync(browser, HttpMethod.Get, Collections, null, ("Cookie", cookie), ("Sec-Fetch-Site", ours), ("Sec-Fetch-Mode", mode))).Succeeds();
        // The address with the token, after a link of another page, leads on with a request of our own page.
        Assert.Contains("http-equiv=\"refresh\"", (await ServiceScene.SendAsync(browser, HttpMethod.Get, $"?token={scene.Token}", null, ("Sec-Fetch-Site", site))).Succeeds().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_without_a_session_reads_a_page_that_says_how_to_get_one()
    {
        await using var scene = await ServiceScene.StartAsync();
        using var browser = scene.CreateClient();
        var answer = await ServiceScene.SendAsync(browser, HttpMethod.Get, "", null, ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
        Assert.Equal((HttpStatusCode.Unauthorized, "text/html"), (answer.Status, answer.ContentHeaders.ContentType?.MediaType));
        Assert.Contains("skm serve --open", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Token, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", answer.Text, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none';", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, "", null)).Fails(401, "Unauthorized");
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, Collections, null, ("Accept", "text/html"))).Fails(401, "Unauthorized");
    }

    [Fact]
    public async Task The_browser_gets_its_ticket_in_a_file_that_is_gone_after_use()
    {
        await using var scene = await ServiceScene.StartAsync();
        using var browser = scene.CreateClient();
        var path = scene.Server.CreateSignInFile();
        Assert.Equal(scene.Place.At("service"), Path.GetDirectoryName(path));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(scene.Token, text, StringComparison.Ordinal);
        var url = text[(text.IndexOf("url=", StringComparison.Ordinal) + 4)..].Split('"')[0];
        Assert.DoesNotContain(url.Split('=')[^1], path, StringComparison.Ordinal);
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, url, null, ("Sec-Fetch-Site", "cross-site"))).Succeeds();
        Assert.False(File.Exists(path));
        var unused = scene.Server.CreateSignInFile();
        await scene.Server.StopAsync();
        Assert.False(File.Exists(unused));
    }

    private static Task<SkmServer> StartAsync(TestHome place) =>
        SkmServer.StartAsync(new ServerOptions { Home = place.Home, Port = 0, Environment = _ => null, Time = TimeProvider.System, Log = TextWriter.Null }, TestContext.Current.CancellationToken);

    private static HttpClient CreateClient(SkmServer server) => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = new Uri(server.Ready.Url) };

    private static Task<string> SignInAsync(ServiceScene scene, HttpClient browser) => SignInAsync(browser, scene.Token);

    private static async Task<string> SignInAsync(HttpClient browser, string token)
    {
        var answer = (await ServiceScene.SendAsync(browser, HttpMethod.Get, $"?token={token}", null)).Succeeds(HttpStatusCode.SeeOther);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }
}
