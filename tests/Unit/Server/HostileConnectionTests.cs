using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Bytes on a connection that no decent client sends.</summary>
public sealed class HostileConnectionTests
{
    private const string Collections = "/api/v1/collections";
    private const int Chunk = 1 << 16;
    private const long HundredMegabytes = 100L << 20;
    private const long MostTaken = 16L << 20;

    /// <summary>Requests that must not be let in; <c>PORT</c>, <c>TOKEN</c> and <c>BODY</c> are filled in.</summary>
    public static TheoryData<string, string> Refused => new()
    {
        { "a name with a dot at the end", "GET /api/v1/collections HTTP/1.1\r\nHost: localhost.:PORT\r\nTOKEN" },
        { "a port with a zero", "GET /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:0PORT\r\nTOKEN" },
        { "no port", "GET /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1\r\nTOKEN" },
        { "an empty port", "GET /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:\r\nTOKEN" },
        { "another spelling of the number", "GET /api/v1/collections HTTP/1.1\r\nHost: 2130706433:PORT\r\nTOKEN" },
        { "a short number", "GET /api/v1/collections HTTP/1.1\r\nHost: 127.1:PORT\r\nTOKEN" },
        { "a mapped number", "GET /api/v1/collections HTTP/1.1\r\nHost: [::ffff:127.0.0.1]:PORT\r\nTOKEN" },
        { "a user before the name", "GET /api/v1/collections HTTP/1.1\r\nHost: evil.example@127.0.0.1:PORT\r\nTOKEN" },
        { "a name after ours", "GET /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT.evil.example\r\nTOKEN" },
        { "two names in one", "GET /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT, evil.example\r\nTOKEN" },
        { "two names", "GET /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: evil.example\r\nTOKEN" },
        { "ours twice", "GET /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: 127.0.0.1:PORT\r\nTOKEN" },
        { "no name", "GET /api/v1/collections HTTP/1.1\r\nTOKEN" },
        { "an empty name", "GET /api/v1/collections HTTP/1.1\r\nHost: \r\nTOKEN" },
        { "no name in HTTP/1.0", "GET /api/v1/collections HTTP/1.0\r\nTOKEN" },
        { "a whole address of another name", "GET http://evil.example/api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nTOKEN" },
        { "a whole address of another name, twice", "GET http://evil.example/api/v1/collections HTTP/1.1\r\nHost: evil.example\r\nTOKEN" },
        { "a whole address of ours, but another name", "GET http://127.0.0.1:PORT/api/v1/collections HTTP/1.1\r\nHost: evil.example\r\nTOKEN" },
        { "two lengths", "POST /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: application/json\r\nContent-Length: 15\r\nContent-Length: 16\r\nTOKENBODY" },
        { "a length below zero", "POST /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: application/json\r\nContent-Length: -1\r\nTOKENBODY" },
        { "a length beyond 64 bits", "POST /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: application/json\r\nContent-Length: 99999999999999999999\r\nTOKENBODY" },
        { "an unknown encoding", "POST /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: application/json\r\nTransfer-Encoding: xchunked\r\nTOKENBODY" },
        { "an encoding that is not the last", "POST /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked, identity\r\nTOKENBODY" },
        { "a chunk of a length beyond 64 bits", "POST /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nTOKENfffffffffffffffff\r\nBODY" },
        { "a chunk without a length", "POST /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nTOKENxyz\r\nBODY" },
        { "a space before the colon", "GET /api/v1/collections HTTP/1.1\r\nHost : 127.0.0.1:PORT\r\nTOKEN" },
        { "a folded header", "GET /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX-A: b\r\n c\r\nTOKEN" },
        { "a zero byte in a header", "GET /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX-A: b\0c\r\nTOKEN" },
        { "a zero byte in the address", "GET /api/v1/collections\0 HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nTOKEN" },
        { "an unknown version", "GET /api/v1/collections HTTP/7.3\r\nHost: 127.0.0.1:PORT\r\nTOKEN" },
        { "no version", "GET /api/v1/collections\r\nHost: 127.0.0.1:PORT\r\nTOKEN" },
        { "the beginning of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" },
        { "noise", "\u0016\u0003\u0001\0\u00a5\u0001\0\0\u00a1\u0003\u0003 noise\r\n\r\n" },
        { "a tunnel", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\nTOKEN" },
        { "an invented method", "BREW /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nTOKEN" },
        { "TRACE", "TRACE /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nTOKEN" },
        { "a star", "OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nTOKEN" },
        { "two tokens", "GET /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nAuthorization: Bearer wrong\r\nTOKEN" },
        { "a body without its type", "POST /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 15\r\nTOKENBODY" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_request_that_is_not_right_is_refused(string what, string request)
    {
        await using var scene = await ServiceScene.StartAsync();
        var before = scene.Place.Tree("service", "cache", "locks");
        var answer = await RawConnection.SendAsync(scene, Fill(scene, request));
        // HTTP/2 is refused in its own words.
        Assert.True(!answer.StartsWith("HTTP/", StringComparison.Ordinal) || System.Text.RegularExpressions.Regex.IsMatch(answer, "^HTTP/1\\.1 (4[0-9][0-9]|501|505) "), $"{what}: {answer}");
        Assert.DoesNotContain("\"items\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Token, answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Access-Control", answer, StringComparison.OrdinalIgnoreCase);
        (await scene.GetAsync(Collections[1..])).Succeeds();
        await scene.Server.StopAsync();
        Assert.Equal(before, scene.Place.Tree("service", "cache", "locks"));
        Assert.DoesNotContain(scene.Token, scene.Log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(" 500", scene.Log.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /api/v1/collections HTTP/1.0\r\nHost: 127.0.0.1:PORT\r\nTOKEN")]
    [InlineData("GET /api/v1/collections HTTP/1.1\r\nHost: LOCALHOST:PORT\r\nTOKEN")]
    [InlineData("GET /api/v1/collections HTTP/1.1\r\nhost:127.0.0.1:PORT\r\nTOKEN")]
    [InlineData("GET http://127.0.0.1:PORT/api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nTOKEN")]
    public async Task Unusual_spellings_that_mean_this_service_are_let_in(string request)
    {
        await using var scene = await ServiceScene.StartAsync();
        Assert.StartsWith("HTTP/1.1 200 ", await RawConnection.SendAsync(scene, Fill(scene, request)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_within_the_body_of_another_is_not_one()
    {
        await using var scene = await ServiceScene.StartAsync();
        var inner = Fill(scene, "DELETE /api/v1/collections/default HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nTOKEN");
        foreach (var (head, body) in new[]
        {
            // One of the two lengths holds, and the connection ends, so that nobody can take the other one for it.
            ($"Transfer-Encoding: chunked\r\nContent-Length: {inner.Length + 5}\r\n", $"0\r\n\r\n{inner}"),
            ("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", $"{inner.Length:x}\r\n{inner}\r\n0\r\n\r\n"),
            ($"Content-Length: {inner.Length}\r\n", inner),
        })
        {
            var answer = await RawConnection.SendAsync(scene, Fill(scene, $"POST /api/v1/collections HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: application/json\r\n{head}TOKEN{body}"));
            Assert.Matches("^HTTP/1\\.1 4[0-9][0-9] ", answer);
            Assert.Single(answer.Split("HTTP/1.1 ").Skip(1));
            (await scene.GetAsync($"{Collections[1..]}/default")).Succeeds();
        }
    }

    [Theory]
    [InlineData(9_000, 1, 414)]
    [InlineData(10, 20_000, 431)]
    [InlineData(10, -100, 431)]
    public async Task Long_addresses_and_headers_are_refused(int address, int header, int status)
    {
        await using var scene = await ServiceScene.StartAsync();
        var headers = header > 0 ? $"X-Long: {new string('x', header)}\r\n" : string.Concat(Enumerable.Range(0, -header).Select(i => $"X-{i}: y\r\n"));
        Assert.StartsWith($"HTTP/1.1 {status} ", await RawConnection.SendAsync(scene, Fill(scene, $"GET {Collections}?q={new string('q', address)} HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n{headers}TOKEN")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_100_MB_is_refused_before_it_is_read(bool isChunked)
    {
        await using var scene = await ServiceScene.StartAsync();
        using var connection = await RawConnection.OpenAsync(scene);
        await connection.WriteAsync(Fill(scene, $"POST {Collections} HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: application/json\r\n{(isChunked ? "Transfer-Encoding: chunked" : $"Content-Length: {HundredMegabytes}")}\r\nTOKEN"));
        var data = Encoding.ASCII.GetBytes(new string(' ', Chunk));
        byte[] part = isChunked ? [.. Encoding.ASCII.GetBytes($"{Chunk:x}\r\n"), .. data, .. "\r\n"u8] : data;
        var sent = await connection.WriteAsync(Enumerable.Repeat(part, (int)(HundredMegabytes / Chunk)));
        Assert.InRange(sent, 0, MostTaken);
        var answer = await connection.ReadAsync();
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 413 ", StringComparison.Ordinal), answer);
        (await scene.GetAsync(Collections[1..])).Succeeds();
        Assert.Contains($"POST {Collections} 413", scene.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_body_is_not_unpacked()
    {
        await using var scene = await ServiceScene.StartAsync();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync("{\"name\": \"x\", \"description\": \""u8.ToArray(), TestContext.Current.CancellationToken);
            var blank = new byte[1 << 20];
            for (var i = 0; i < 100; i++) await gzip.WriteAsync(blank, TestContext.Current.CancellationToken);
        }

        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        var answer = await scene.SendAsync(HttpMethod.Post, Collections[1..], content);
        Assert.True((int)answer.Status is 400 or 415, answer.Text);
        (await scene.GetAsync($"{Collections[1..]}/x")).Fails(404, "CollectionNotFound");
    }

    [Fact]
    public async Task Slow_clients_hold_up_nobody_and_are_dropped()
    {
        await using var scene = await ServiceScene.StartAsync();
        var slow = new List<RawConnection>();
        try
        {
            // Some are slow with the headers, some with a body, and some send nothing at all.
            for (var i = 0; i < 60; i++)
            {
                var connection = await RawConnection.OpenAsync(scene);
                slow.Add(connection);
                if (i % 3 == 0) await connection.WriteAsync("GET / HTTP/1.1\r\nHo");
                if (i % 3 == 1) await connection.WriteAsync(Fill(scene, $"PUT {Collections}/default HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: application/json\r\nContent-Length: 1000\r\nTOKEN{{"));
            }

            var watch = Stopwatch.StartNew();
            (await scene.GetAsync(Collections[1..])).Succeeds();
            (await scene.SendAsync(HttpMethod.Put, $"{Collections[1..]}/default", new { description = "not held up" })).Succeeds();
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
            Assert.StartsWith("HTTP/1.1 408 ", await slow[0].ReadAsync(), StringComparison.Ordinal);
            Assert.StartsWith("HTTP/1.1 408 ", await slow[1].ReadAsync(), StringComparison.Ordinal);
        }
        finally
        {
            slow.ForEach(connection => connection.Dispose());
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:PORT.evil.example")]
    [InlineData("http://127.0.0.1:PORT@evil.example")]
    [InlineData("http://evil.example#http://127.0.0.1:PORT")]
    [InlineData("https://127.0.0.1:PORT")]
    [InlineData("http://127.0.0.1:PORT/")]
    [InlineData("http://127.0.0.1:PORT\r\nOrigin: https://evil.example")]
    [InlineData("https://evil.example\r\nOrigin: http://127.0.0.1:PORT")]
    [InlineData("http://127.0.0.1:PORT, https://evil.example")]
    [InlineData("null")]
    [InlineData("file://")]
    [InlineData("")]
    [InlineData("\r\nSec-Fetch-Site: same-site")]
    [InlineData("\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Site: same-origin")]
    [InlineData("http://127.0.0.1:PORT\r\nSec-Fetch-Site: cross-site")]
    public async Task A_stolen_cookie_changes_nothing_without_our_origin(string origin)
    {
        await using var scene = await ServiceScene.StartAsync();
        using var browser = scene.CreateClient();
        var cookie = (await ServiceScene.SendAsync(browser, HttpMethod.Get, $"?token={scene.Token}", null)).Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var before = scene.Place.Tree("service", "cache", "locks");
        foreach (var (method, type) in new[] { ("POST", "application/json"), ("POST", "text/plain"), ("PUT", "application/json"), ("DELETE", "application/json") })
        {
            var address = method == "POST" ? Collections : $"{Collections}/default";
            var answer = await RawConnection.SendAsync(scene, Fill(scene, $"{method} {address} HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: {origin}\r\nContent-Type: {type}\r\nContent-Length: 15\r\nCookie: {cookie}\r\nConnection: close\r\n\r\nBODY"));
            Assert.True(answer.StartsWith("HTTP/1.1 403 ", StringComparison.Ordinal), $"{method} {origin}: {answer}");
        }

        Assert.Equal(before, scene.Place.Tree("service", "cache", "locks"));
        Assert.DoesNotContain(cookie.Split('=')[1], scene.Log.ToString(), StringComparison.Ordinal);
    }

    private static string Fill(ServiceScene scene, string text) => text.Replace("PORT", $"{scene.Url.Port}", StringComparison.Ordinal)
        .Replace("TOKEN", $"Authorization: Bearer {scene.Token}\r\nConnection: close\r\n\r\n", StringComparison.Ordinal).Replace("BODY", "{\"name\":\"evil\"}", StringComparison.Ordinal);
}
