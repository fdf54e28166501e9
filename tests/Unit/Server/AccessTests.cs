using System.Net;
using System.Net.Sockets;
using System.Text;
using SkillMeat.Errors;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>The rules by which requests are let in.</summary>
public sealed class AccessTests
{
    private const string Collections = "api/v1/collections";

    [Fact]
    public async Task Only_the_sign_of_life_needs_no_token()
    {
        await using var scene = await ServiceScene.StartAsync();
        using var stranger = scene.CreateClient();
        Assert.Equal("ok", (await ServiceScene.SendAsync(stranger, HttpMethod.Get, "health", null)).Succeeds().Json.GetProperty("status").GetString());
        foreach (var path in new[] { "", Collections, "api/v1/info", "metrics", "nothing", "openapi.json", "docs", "api/v1/events" })
        {
            var answer = (await ServiceScene.SendAsync(stranger, HttpMethod.Get, path, null)).Fails(401, "Unauthorized");
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        }

        (await ServiceScene.SendAsync(stranger, HttpMethod.Post, "health", null)).Fails(401, "Unauthorized");
        (await scene.GetAsync(Collections)).Succeeds();
    }

    [Theory]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer ")]
    [InlineData("Basic YTpi")]
    public async Task A_wrong_token_is_refused(string header)
    {
        await using var scene = await ServiceScene.StartAsync();
        using var stranger = scene.CreateClient();
        (await ServiceScene.SendAsync(stranger, HttpMethod.Get, Collections, null, ("Authorization", header))).Fails(401, "Unauthorized");
        (await ServiceScene.SendAsync(stranger, HttpMethod.Get, "?token=wrong", null)).Fails(401, "Unauthorized");
        (await ServiceScene.SendAsync(stranger, HttpMethod.Get, Collections, null, ("Cookie", $"{await NameOfCookieAsync(scene, stranger)}=wrong"))).Fails(401, "Unauthorized");
        // The token is not the value of the cookie, and the other way round.
        (await ServiceScene.SendAsync(stranger, HttpMethod.Get, Collections, null, ("Cookie", $"{await NameOfCookieAsync(scene, stranger)}={scene.Token}"))).Fails(401, "Unauthorized");
        var cookie = (await SignInAsync(scene, stranger)).Split('=', 2)[1];
        (await ServiceScene.SendAsync(stranger, HttpMethod.Get, Collections, null, ("Authorization", $"Bearer {cookie}"))).Fails(401, "Unauthorized");
    }

    [Fact]
    public async Task The_address_with_the_token_signs_in_by_a_cookie_that_no_script_reads_and_no_other_site_sends()
    {
        await using var scene = await ServiceScene.StartAsync();
        using var browser = scene.CreateClient();
        var answer = (await ServiceScene.SendAsync(browser, HttpMethod.Get, $"?token={scene.Token}", null)).Succeeds(HttpStatusCode.SeeOther);
        Assert.Equal("/", answer.Headers.Location!.ToString());
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("; path=/; samesite=strict; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(scene.Token, cookie, StringComparison.Ordinal);

        // From a link elsewhere, a redirect would be followed without the cookie.
        var linked = (await ServiceScene.SendAsync(browser, HttpMethod.Get, $"?token={scene.Token}", null, ("Sec-Fetch-Site", "cross-site"))).Succeeds();
        Assert.Contains("http-equiv=\"refresh\"", linked.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Token, linked.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_signs_in_once()
    {
        await using var scene = await ServiceScene.StartAsync();
        using var browser = scene.CreateClient();
        var url = scene.Server.CreateSignInUrl();
        Assert.DoesNotContain(scene.Token, url, StringComparison.Ordinal);
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, url, null)).Succeeds(HttpStatusCode.SeeOther);
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, url, null)).Fails(401, "Unauthorized");
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:80")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("localhost.evil.example")]
    public async Task A_name_that_is_not_ours_is_refused_even_with_the_token(string host)
    {
        await using var scene = await ServiceScene.StartAsync();
        (await scene.GetAsync(Collections, ("Host", host))).Fails(421, "WrongHost");
        (await scene.GetAsync("health", ("Host", host))).Fails(421, "WrongHost");
        (await scene.GetAsync($"?token={scene.Token}", ("Host", host))).Fails(421, "WrongHost");
        (await scene.GetAsync(Collections, ("Host", $"localhost:{scene.Url.Port}"))).Succeeds();
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://127.0.0.1")]
    public async Task A_page_of_another_site_changes_nothing(string origin)
    {
        await using var scene = await ServiceScene.StartAsync();
        using var browser = scene.CreateClient();
        var cookie = await SignInAsync(scene, browser);
        var before = scene.Place.Tree("service", "cache");
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch, HttpMethod.Options })
        {
            (await ServiceScene.SendAsync(browser, method, Collections, new { name = "evil" }, ("Cookie", cookie), ("Origin", origin))).Fails(403, "Forbidden");
            (await scene.SendAsync(method, Collections, new { name = "evil" }, ("Origin", origin))).Fails(403, "Forbidden");
        }

        // Nor does one read with the cookie, which browsers send from other ports of this machine.
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, Collections, null, ("Cookie", cookie), ("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Mode", "no-cors"))).Fails(403, "Forbidden");
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, Collections, null, ("Cookie", cookie), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "cors"))).Fails(403, "Forbidden");
        Assert.Equal(before, scene.Place.Tree("service", "cache"));
    }

    [Fact]
    public async Task A_person_who_is_not_let_in_sees_a_page_that_says_what_to_do()
    {
        await using var scene = await ServiceScene.StartAsync();
        using var browser = scene.CreateClient();
        var cookie = await SignInAsync(scene, browser);
        (string, string)[] Visit(string site) => [("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"), ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];
        foreach (var path in new[] { "", "deployments", "collections/default", "docs" })
        {
            // A link on a page of another port: the browser sends the cookie.
            foreach (var site in new[] { "same-site", "cross-site" })
            {
                var refused = await ServiceScene.SendAsync(browser, HttpMethod.Get, path, null, [("Cookie", cookie), .. Visit(site)]);
                Assert.Equal((HttpStatusCode.Forbidden, "text/html"), (refused.Status, refused.ContentHeaders.ContentType?.MediaType));
                Assert.Contains("<a href=\"/\">", refused.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("unsafe", refused.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            }

            var stranger = await ServiceScene.SendAsync(browser, HttpMethod.Get, path, null, Visit("none"));
            Assert.Equal((HttpStatusCode.Unauthorized, "text/html"), (stranger.Status, stranger.ContentHeaders.ContentType?.MediaType));
            Assert.Contains("skm serve --open", stranger.Text, StringComparison.Ordinal);
        }

        // Programs get what they can read.
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, Collections, null, [("Cookie", cookie), .. Visit("same-site")])).Fails(403, "Forbidden");
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, "deployments", null, ("Cookie", cookie), ("Sec-Fetch-Site", "same-site"))).Fails(403, "Forbidden");
    }

    [Fact]
    public async Task A_cookie_changes_things_only_together_with_our_origin()
    {
        await using var scene = await ServiceScene.StartAsync();
        using var browser = scene.CreateClient();
        var cookie = await SignInAsync(scene, browser);
        (await ServiceScene.SendAsync(browser, HttpMethod.Post, Collections, new { name = "one" }, ("Cookie", cookie))).Fails(403, "Forbidden");
        (await ServiceScene.SendAsync(browser, HttpMethod.Post, Collections, new { name = "one" }, ("Cookie", cookie), ("Origin", scene.Url.GetLeftPart(UriPartial.Authority)))).Succeeds(HttpStatusCode.Created);
        (await ServiceScene.SendAsync(browser, HttpMethod.Post, Collections, new { name = "two" }, ("Cookie", cookie), ("Sec-Fetch-Site", "same-origin"))).Succeeds(HttpStatusCode.Created);
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, Collections, null, ("Cookie", cookie))).Succeeds();
    }

    [Fact]
    public async Task Every_answer_tells_browsers_to_keep_to_this_service()
    {
        await using var scene = await ServiceScene.StartAsync();
        using var stranger = scene.CreateClient();
        foreach (var answer in new[] { await scene.GetAsync(Collections), await scene.GetAsync("nothing"), await ServiceScene.SendAsync(stranger, HttpMethod.Get, Collections, null) })
        {
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
            Assert.False(answer.Headers.Contains("Server"));
        }

        // The request before a change from another site is not answered as that site needs it.
        (await scene.SendAsync(HttpMethod.Options, Collections, null, ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"))).Fails(403, "Forbidden");
    }

    [Theory]
    [InlineData("collections/..%2f..%2fetc")]
    [InlineData("collections/%2e%2e")]
    [InlineData("collections/..%5c..")]
    [InlineData("collections/.git")]
    [InlineData("collections/a%00b")]
    [InlineData("collections/a%0ab")]
    [InlineData("collections/../../etc/artifacts")]
    [InlineData("collections/%2fetc/artifacts")]
    [InlineData("collections/default/artifacts/skill:..%2f..%2fconfig.toml")]
    [InlineData("artifacts/skill:..%2fx?collection=..%2f..")]
    [InlineData("artifacts/..?collection=../..")]
    [InlineData("jobs/..%2f1")]
    public async Task No_id_leads_out_of_the_home(string path)
    {
        await using var scene = await ServiceScene.StartAsync();
        var answer = await SendRawAsync(scene, $"/api/v1/{path}");
        Assert.Matches(@"^HTTP/1\.1 (400|404) ", answer);
        Assert.DoesNotContain("github-token", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_secret_is_logged()
    {
        await using var scene = await ServiceScene.StartAsync();
        using var browser = scene.CreateClient();
        var cookie = await SignInAsync(scene, browser);
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, $"{Collections}?token={scene.Token}&q=secret", null, ("Cookie", cookie), ("Referer", $"{scene.Url}?token={scene.Token}"))).Succeeds();
        (await ServiceScene.SendAsync(browser, HttpMethod.Get, $"?token={scene.Token}x", null)).Fails(401, "Unauthorized");
        // Somebody puts the token where it does not belong.
        foreach (var path in new[] { scene.Token, $"token={scene.Token}", $"{Collections}/{scene.Token}", $"{Collections}/default/artifacts/skill:{scene.Token}/files/x" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await scene.GetAsync(path)).Status);
        }

        foreach (var source in new[] { "https://ada:secret@127.0.0.1:1/octo/skills", "http://secret@127.0.0.1:1/x.git", "https://127.0.0.1:1/octo/skills?token=secret" })
        {
            foreach (var path in new[] { "api/v1/browse", "api/v1/cache/marketplaces" })
            {
                var answer = await scene.SendAsync(HttpMethod.Post, path, new { source });
                if (answer.Status == HttpStatusCode.Accepted) await scene.EndOfAsync(answer);
            }
        }

        await scene.Server.StopAsync();
        var log = scene.Log.ToString();
        Assert.Contains("GET /api/v1/collections 200", log, StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Token, log, StringComparison.Ordinal);
        Assert.DoesNotContain(cookie.Split('=', 2)[1], log, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_is_in_the_home_for_its_owner_alone_and_outlives_the_service()
    {
        using var copy = TestHome.Sample();
        var file = copy.At("service", "token");
        var server = await StartAsync(copy);
        var token = server.Ready.Token;
        Assert.Equal(token, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Trim());
        await server.DisposeAsync();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(copy.At("service")));
        }

        server = await StartAsync(copy);
        Assert.Equal(token, server.Ready.Token);
        await server.DisposeAsync();
        if (OperatingSystem.IsWindows()) return;

        // Others may have read it.
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        server = await StartAsync(copy);
        Assert.NotEqual(token, server.Ready.Token);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Another_address_needs_TLS_or_an_explicit_wish()
    {
        using var place = TestHome.Sample();
        var error = await Assert.ThrowsAsync<SkillMeatException>(() => ServiceScene.StartAsync(place, options => options with { Address = IPAddress.Any }));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains("--insecure", error.Message, StringComparison.Ordinal);
        await using var scene = await ServiceScene.StartAsync(place.Copy(), options => options with { Address = IPAddress.Any, IsInsecure = true, HostNames = ["box.example"] });
        var port = scene.Url.Port;
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        client.DefaultRequestHeaders.Authorization = new("Bearer", scene.Token);
        (await ServiceScene.SendAsync(client, HttpMethod.Get, Collections, null, ("Host", $"box.example:{port}"))).Succeeds();
        (await ServiceScene.SendAsync(client, HttpMethod.Get, Collections, null, ("Host", $"other.example:{port}"))).Fails(421, "WrongHost");
    }

    private static async Task<SkillMeat.Server.Hosting.SkmServer> StartAsync(TestHome place) => await SkillMeat.Server.Hosting.SkmServer.StartAsync(
        new() { Home = place.Home, Port = 0, Environment = _ => null, Time = TimeProvider.System, Log = TextWriter.Null }, TestContext.Current.CancellationToken);

    private static async Task<string> NameOfCookieAsync(ServiceScene scene, HttpClient browser) => (await SignInAsync(scene, browser)).Split('=')[0];

    private static async Task<string> SignInAsync(ServiceScene scene, HttpClient browser)
    {
        var answer = (await ServiceScene.SendAsync(browser, HttpMethod.Get, $"?token={scene.Token}", null)).Succeeds(HttpStatusCode.SeeOther);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    /// <summary>Sends a path as it is, which clients would tidy up.</summary>
    private static async Task<string> SendRawAsync(ServiceScene scene, string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(scene.Url.Host, scene.Url.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {scene.Url.Authority}\r\nAuthorization: Bearer {scene.Token}\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
