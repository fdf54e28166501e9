using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using SkillMeat.Errors;
using SkillMeat.Tests.Support;
using SkillMeat.Tests.Upstream.Http;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Http;
using Xunit;

namespace SkillMeat.Tests.Hostile;

/// <summary>Servers whose answers have no end, or unpack to more than a machine has. Each request ends with an error that names the limit.</summary>
public sealed class HostileServerTests
{
    private const string Oid = "0123456789abcdef0123456789abcdef01234567";

    private static Reply Discovery =>
        Reply.Of(200, (byte[])[.. Line("version 2\n"), .. Line("ls-refs\n"), .. Line("fetch=filter\n"), .. "0000"u8], "Content-Type: application/x-git-upload-pack-advertisement");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_of_capabilities_without_an_end()
    {
        await using var server = Git(_ => Reply.Endless("application/x-git-upload-pack-advertisement", [.. Line("version 2\n")], [.. Enumerable.Range(0, 100).SelectMany(_ => Line(new string('a', 60_000) + "\n"))]));

        Assert.Contains("more than 1000 lines with capabilities, the limit for it ('capabilities' under [limits] in config.toml)", await RefusedAsync(server), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public async Task A_list_of_refs_without_an_end(int version)
    {
        var number = 0;
        byte[] Refs() => [.. Enumerable.Range(0, 2000).SelectMany(_ => Line(string.Create(CultureInfo.InvariantCulture, $"{Oid} refs/heads/branch-{++number}\n")))];
        await using var server = Git(request => request.Method == "POST" || version == 0
            ? Reply.Endless(version == 0 ? "application/x-git-upload-pack-advertisement" : "application/x-git-upload-pack-result", version == 0 ? [.. Line("# service=git-upload-pack\n"), .. "0000"u8] : [], Refs())
            : Discovery);

        Assert.Contains("more than 500000 refs, the limit for it ('refs' under [limits] in config.toml)", await RefusedAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_refs_that_are_not_wanted_without_an_end()
    {
        await using var server = Git(request => request.Method == "POST"
            ? Reply.Endless("application/x-git-upload-pack-result", [], [.. Enumerable.Range(0, 2000).SelectMany(_ => Line("unborn HEAD symref-target:refs/heads/main\n"))])
            : Discovery);

        Assert.Contains("more than 500000 refs", await RefusedAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pack_of_four_billion_objects_is_refused_before_it_comes()
    {
        byte[] header = [.. "PACK"u8, 0, 0, 0, 2, 0xff, 0xff, 0xff, 0xff];
        await using var server = Git(request => request.Method == "POST"
            ? Reply.Endless("application/x-git-upload-pack-result", [.. Line("packfile\n"), .. Line("\u0001" + Encoding.Latin1.GetString(header))], [.. Enumerable.Range(0, 20).SelectMany(_ => Line("\u0001" + new string('x', 60_000)))])
            : Discovery);
        using var http = HttpRig.Client(server, HttpRig.Quick);
        var remote = new GitRemote(new UpstreamGitTransport(http, RepositoryAddress.OnGitHost(new Uri(server.Root, "o/r"))), new Uri(server.Root, "o/r"), () => throw new InvalidOperationException("Nothing is kept."));

        var error = await Assert.ThrowsAsync<GitProtocolException>(() => remote.FetchAsync(null, [GitOid.Parse(Oid)], new GitFetchOptions(WithoutBlobs: true, Depth: 1), Cancellation));

        Assert.Contains("a pack of 1000000 objects, the limit for it ('pack-objects' under [limits] in config.toml)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[\"", "a", "33554432 bytes, the limit for it ('answer-bytes'")]
    [InlineData("[1", ",1", "3000000 names and values, the limit for it ('answer-values'")]
    public async Task A_megabyte_of_JSON_that_unpacks_to_a_gigabyte(string first, string repeated, string limit)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.ASCII.GetBytes(first));
            var piece = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(repeated, 500_000)));
            // The second one stays below the limit of bytes and has too many values.
            for (var i = 0; i < (repeated.Length == 1 ? 2_000 : 24); i++) gzip.Write(piece);
            if (repeated.Length > 1) gzip.Write("]"u8);
        }

        var answer = Reply.Of(200, packed.ToArray(), "Content-Type: application/json", "Content-Encoding: gzip");
        await using var server = new LoopbackServer(_ => answer);
        using var http = HttpRig.Client(server);

        var error = await Assert.ThrowsAsync<UpstreamException>(() => http.SendAsync(
            HttpRig.Get(server),
            async (body, _, token) =>
            {
                using var json = await WholeJson.ReadAsync(body, "query", http.Limits, token);
                return json.RootElement.ValueKind;
            },
            Cancellation));

        Assert.Contains(limit, error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_GraphQL_answer_that_unpacks_to_a_gigabyte_is_an_error_of_the_artifact()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            var piece = new byte[1 << 20];
            Array.Fill(piece, (byte)' ');
            for (var i = 0; i < 1024; i++) gzip.Write(piece);
        }

        var answer = Reply.Of(200, packed.ToArray(), "Content-Type: application/json", "Content-Encoding: gzip");
        await using var server = new LoopbackServer(_ => answer);
        using var home = TestHome.WithSkills(1);
        home.Write(home.Manifest, (await File.ReadAllTextAsync(home.Manifest, Cancellation)).Replace("origin = \"local\"", "origin = \"github\"", StringComparison.Ordinal).Replace("../../../upstream/", "o/r/", StringComparison.Ordinal));
        var environment = new Dictionary<string, string?> { ["GITHUB_SERVER_URL"] = server.Root.AbsoluteUri, ["GITHUB_TOKEN"] = HttpRig.Secret, ["PATH"] = Environment.GetEnvironmentVariable("PATH") };

        var run = await home.RunAsync(new SkmSurroundings { Environment = environment }, "collection", "refresh", "--check-only");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("33554432 bytes, the limit for it ('answer-bytes' under [limits] in config.toml)", run.Error + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_comes_steadily_and_never_ends()
    {
        await using var server = new LoopbackServer(_ => Reply.Endless("application/json", "["u8.ToArray(), [.. Enumerable.Repeat((byte)' ', 4096)]));
        using var http = HttpRig.Client(server, HttpRig.Quick with { Timeout = TimeSpan.FromSeconds(1), Limits = new UpstreamLimits { RequestSeconds = 1, AnswerBytes = int.MaxValue } });
        var watch = Stopwatch.StartNew();

        var error = await Assert.ThrowsAsync<UpstreamException>(() => http.SendAsync(
            HttpRig.Get(server),
            async (body, _, token) =>
            {
                var buffer = new byte[4096];
                while (await body.ReadAsync(buffer, token) > 0) await Task.Yield();
                return true;
            },
            Cancellation));

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(20));
        Assert.Contains("was not complete after 1 s, the limit for a request ('request-seconds' under [limits] in config.toml)", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_limit_can_be_set_in_the_configuration()
    {
        await using var server = Git(_ => Discovery);
        using var home = TestHome.WithSkills(1);
        home.Write(home.Config, "[settings]\ndefault-collection = \"default\"\n\n[limits]\ncapabilities = 1\n");

        var run = await home.RunAsync("add", "skill", new Uri(server.Root, "o/r.git").AbsoluteUri + "/skills/x");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("more than 1 lines with capabilities", run.Error + run.Output, StringComparison.Ordinal);
    }

    private static LoopbackServer Git(Func<Received, Reply> answer) => new(answer);

    private static byte[] Line(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        return [.. Encoding.ASCII.GetBytes((bytes.Length + 4).ToString("x4", CultureInfo.InvariantCulture)), .. bytes];
    }

    private static async Task<string> RefusedAsync(LoopbackServer server)
    {
        using var http = HttpRig.Client(server, HttpRig.Quick);
        var remote = new GitRemote(new UpstreamGitTransport(http, RepositoryAddress.OnGitHost(new Uri(server.Root, "o/r"))), new Uri(server.Root, "o/r"), () => throw new InvalidOperationException("No pack is fetched."));
        var watch = Stopwatch.StartNew();
        var error = await Assert.ThrowsAsync<GitProtocolException>(() => remote.ListRefsAsync(new GitRefRequest(["refs/heads/"]), Cancellation));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"took {watch.Elapsed}");
        Assert.False(error.IsTransient);
        return error.Message;
    }
}
