using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.LoopbackGitHub;

public sealed class ProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("loopback-program-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generated_repositories_are_served_and_agree_with_git()
    {
        var generated = Path.Combine(_folder, "bench");
        using (var generator = Start("generate", "--out", generated, "--repos", "6", "--artifacts", "24", "--history", "4", "--changed-percent", "50", "--server-url", "http://127.0.0.1:9"))
        {
            await generator.WaitForExitAsync(Cancel);
            Assert.True(generator.ExitCode == 0, await generator.StandardError.ReadToEndAsync(Cancel));
        }

        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(generated, "expected.json"), Cancel));
        var expected = json.RootElement.EnumerateArray().ToList();
        Assert.Equal(24, expected.Count);
        Assert.Contains(expected, artifact => artifact.GetProperty("changed").GetBoolean());
        Assert.Contains(expected, artifact => !artifact.GetProperty("changed").GetBoolean());
        Assert.Contains(expected, artifact => artifact.GetProperty("version_spec").GetString() == "v1.0.0");

        using var serving = Start("serve", Path.Combine(generated, "repositories"), "--token", "secret", "--fault", "every:1000");
        try
        {
            await CheckAsync(await ReadUrlsAsync(serving), generated, expected);
        }
        finally
        {
            serving.Kill();
            await serving.WaitForExitAsync(Cancel);
        }
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("serve", ".", "--nothing", "1")]
    [InlineData("serve", ".", "--git-mood", "sunny")]
    [InlineData("serve", ".", "--graphql-mood", "sunny")]
    [InlineData("generate")]
    [InlineData("generate", "--out", "x", "--repos", "many")]
    public async Task Arguments_that_make_no_sense_are_refused(params string[] arguments)
    {
        using var program = Start(arguments);
        await program.WaitForExitAsync(Cancel);

        Assert.Equal(1, program.ExitCode);
        Assert.NotEqual("", await program.StandardError.ReadToEndAsync(Cancel));
    }

    [Fact]
    public async Task The_moods_are_switches()
    {
        var repository = Path.Combine(_folder, "served", "octo-org", "sample.git");
        Directory.CreateDirectory(repository);
        RealGit.Run(repository, "init", "--quiet", "--bare");
        await File.WriteAllTextAsync(Path.Combine(_folder, "served", "facts.json"), """{"octo-org/sample": {"token_refusal": "ip_allow_list"}}""", Cancel);
        using var serving = Start(
            "serve", Path.Combine(_folder, "served"), "--git-mood", "too-many-requests", "--graphql-mood", "resource-limits", "--lenient-git", "--token", "secret");
        try
        {
            var urls = await ReadUrlsAsync(serving);
            using var git = new GitClient();
            using var upload = await git.UploadAsync(urls["server_url"] + "/octo-org/sample", agent: null);
            using var refused = await git.AdvertiseAsync(urls["server_url"] + "/octo-org/sample", token: "secret");
            using var client = new HttpClient();
            using var body = new StringContent("""{"query": "{ viewer { login } }"}""");
            using var query = await client.PostAsync(urls["graphql_url"], body, Cancel);

            Assert.Equal([429, 403, 200], new[] { upload, refused, query }.Select(answer => (int)answer.StatusCode));
            Assert.Contains("RESOURCE_LIMITS_EXCEEDED", await query.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
        finally
        {
            serving.Kill();
            await serving.WaitForExitAsync(Cancel);
        }
    }

    private static async Task CheckAsync(Dictionary<string, string> urls, string generated, List<JsonElement> expected)
    {
        var log = urls["server_url"] + "/_log";
        using var client = new HttpClient();
        client.DefaultRequestHeaders.UserAgent.ParseAdd("test/1.0");
        client.DefaultRequestHeaders.Authorization = new("Bearer", "secret");
        foreach (var artifact in expected)
        {
            var name = artifact.GetProperty("repository").GetString()!;
            var path = artifact.GetProperty("path").GetString()!;
            var gitDirectory = Path.Combine(generated, "repositories", name + ".git");
            var reference = artifact.GetProperty("version_spec").GetString() == "latest" ? "HEAD" : artifact.GetProperty("version_spec").GetString();
            Assert.Equal(RealGit.Run(gitDirectory, "rev-parse", $"{artifact.GetProperty("old_commit").GetString()}:{path}"), artifact.GetProperty("old_tree").GetString());
            Assert.Equal(RealGit.Run(gitDirectory, "rev-parse", $"{reference}:{path}"), artifact.GetProperty("new_tree").GetString());

            var query = $"{{ repository(owner: \"{name.Split('/')[0]}\", name: \"{name.Split('/')[1]}\") {{ description object(expression: \"{reference}:{path}\") {{ oid }} }} }}";
            using var body = new StringContent(JsonSerializer.Serialize(new { query }), Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(urls["graphql_url"], body, Cancel);
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.Contains(artifact.GetProperty("new_tree").GetString()!, text, StringComparison.Ordinal);
            Assert.Contains("Skills, part", text, StringComparison.Ordinal);
        }

        using var counted = JsonDocument.Parse(await (await client.PostAsync(log, null, Cancel)).Content.ReadAsStringAsync(Cancel));
        Assert.Equal(24, counted.RootElement.GetProperty("counts").GetProperty("graphql").GetInt32());
        (await client.PostAsync(log + "/reset", null, Cancel)).EnsureSuccessStatusCode();
        using var cleared = JsonDocument.Parse(await (await client.PostAsync(log, null, Cancel)).Content.ReadAsStringAsync(Cancel));
        Assert.Equal(0, cleared.RootElement.GetProperty("total").GetInt32());
    }

    private static async Task<Dictionary<string, string>> ReadUrlsAsync(Process serving)
    {
        var urls = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await serving.StandardOutput.ReadLineAsync(Cancel) is { } line && line != "ready")
        {
            urls[line.Split('=', 2)[0]] = line.Split('=', 2)[1];
        }

        Assert.True(urls.ContainsKey("graphql_url"), "The server did not start.");
        return urls;
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(LoopbackGitHubServer).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
