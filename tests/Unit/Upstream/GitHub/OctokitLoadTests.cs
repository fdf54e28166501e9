using System.Collections;
using System.Reflection;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Refresh;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Upstream.GitHub;

/// <summary>A program without Octokit.dll can do everything that does not need GitHub's REST interface, so it does not load Octokit for that.</summary>
public sealed class OctokitLoadTests : IDisposable
{
    private readonly string _program = Directory.CreateTempSubdirectory("skm-without-octokit-").FullName;

    public OctokitLoadTests()
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        Gather("skm", needed);
        Assert.Contains("Octokit", needed);
        // Without the list of dependencies (skm.deps.json), the host uses the files in the folder.
        foreach (var file in needed.Where(name => name != "Octokit").Select(name => name + ".dll").Append("skm.runtimeconfig.json"))
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(_program, file));
        }
    }

    [Theory]
    [InlineData(Access.Token, "collection", "refresh", "--check-only")]
    [InlineData(Access.Token, "collection", "refresh")]
    [InlineData(Access.Anonymous, "collection", "refresh", "--check-only")]
    [InlineData(Access.Anonymous, "list")]
    [InlineData(Access.Anonymous, "show", "pdf")]
    public async Task It_is_not_loaded(Access access, params string[] arguments)
    {
        await using var scene = await FillAsync(access);

        var run = await RunAsync(scene, arguments);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("pdf", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, scene.Server.Log.Count(RequestKind.Rest));
    }

    [Fact]
    public async Task It_is_where_a_repository_is_asked_for_what_it_says_of_itself()
    {
        await using var scene = await FillAsync(Access.Anonymous);

        var run = await RunAsync(scene, "collection", "refresh");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("Octokit", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_program, recursive: true);

    private static async Task<RefreshScene> FillAsync(Access access)
    {
        var scene = await RefreshScene.StartAsync(access, new LoopbackGitHub.RepositoryFacts { Description = "A repository." });
        var head = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs")));
        scene.Add("pdf", "skill", "skills/pdf", head).Save();
        Directory.CreateDirectory(Path.Combine(scene.Folder, "skills", "pdf"));
        await File.WriteAllTextAsync(Path.Combine(scene.Folder, "skills", "pdf", "SKILL.md"), RefreshScene.Skill("pdf", "PDFs"), TestContext.Current.CancellationToken);
        return scene;
    }

    private Task<SkmRun> RunAsync(RefreshScene scene, params string[] arguments)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value);
        foreach (var name in (string[])["GITHUB_SERVER_URL", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "GITHUB_TOKEN"]) environment[name] = scene.Environment(name);
        return SkmProcess.StartAsync(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(_program, "skm.dll"), .. arguments, "--home", scene.Home], TestContext.Current.CancellationToken, environment);
    }

    private static void Gather(string assembly, HashSet<string> needed)
    {
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")) || !needed.Add(assembly)) return;
        foreach (var reference in Assembly.Load(assembly).GetReferencedAssemblies()) Gather(reference.Name!, needed);
    }
}
