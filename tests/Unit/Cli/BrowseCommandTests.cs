using System.Diagnostics;
using System.Text;
using System.Text.Json;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Support;
using SkillMeat.Tests.Updates;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm browse</c>, and <c>skm add</c> of a selection, as scripts see them.</summary>
public sealed class BrowseCommandTests
{
    private static readonly string[] _keys = ["artifact_id", "type", "name", "description", "path", "state", "upstream_sha", "spec"];

    [Fact]
    public async Task A_folder_is_listed_with_the_contracts_keys()
    {
        using var scene = new ArtifactScene().WithSkill("a").WithSkill("b").WithCommand("c", "text\n");
        (await scene.RunAsync("add", scene.Upstream("skills/a"))).Succeeds();
        scene.Edit(scene.Upstream("skills/a/SKILL.md"), "About a", "More about a");

        var run = (await scene.RunAsync("browse", scene.Upstream(""), "--format", "json")).Succeeds();

        Assert.All(run.Json.EnumerateArray(), e => Assert.Equal(_keys, e.EnumerateObject().Select(p => p.Name)));
        Assert.Equal([("command:c", "new"), ("skill:a", "behind"), ("skill:b", "new")], run.Json.EnumerateArray().Select(e => (Text(e, "artifact_id"), Text(e, "state"))));
        Assert.Contains("3 found, 2 of them not in collection 'default'.", (await scene.RunAsync("browse", scene.Upstream(""))).Succeeds().Output, StringComparison.Ordinal);
        Assert.Equal("skill:b", Text((await scene.RunAsync("browse", scene.Upstream("skills/b"), "--format", "json")).Succeeds().Json[0], "artifact_id"));
    }

    [Fact]
    public async Task A_folder_is_listed_without_a_home_or_collection()
    {
        using var scene = new ArtifactScene().WithSkill("a");
        var nowhere = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        var run = (await SkmRun.StartAsync(["browse", scene.Upstream(""), "--home", nowhere])).Succeeds();
        var other = (await scene.RunAsync("browse", scene.Upstream(""), "--collection", "work", "--format", "json")).Succeeds();

        Assert.EndsWith($"1 found.{Environment.NewLine}", run.Output, StringComparison.Ordinal);
        Assert.False(Path.Exists(nowhere));
        Assert.Equal("new", Text(other.Json[0], "state"));
    }

    [Fact]
    public async Task Everything_or_what_matches_is_added_without_a_path()
    {
        using var scene = new ArtifactScene().WithSkill("pdf").WithSkill("pdf-forms").WithSkill("xlsx").WithCommand("c", "text\n");

        var some = (await scene.RunAsync("add", scene.Upstream(""), "--include", "pdf*", "--format", "json")).Succeeds();
        var all = (await scene.RunAsync("add", scene.Upstream(""), "--all", "--format", "json")).Succeeds();
        var typed = (await scene.RunAsync("add", "skill", scene.Upstream(""), "--all", "--format", "json")).Succeeds();

        Assert.Equal(["skill:pdf added", "skill:pdf-forms added"], Outcomes(some));
        Assert.Equal(["command:c added", "skill:pdf unchanged", "skill:pdf-forms unchanged", "skill:xlsx added"], Outcomes(all));
        Assert.Equal(["skill:pdf unchanged", "skill:pdf-forms unchanged", "skill:xlsx unchanged"], Outcomes(typed));
        (await scene.RunAsync("add", scene.Upstream(""), "--include", "pd")).Fails("Did you mean 'pdf'? 'skm browse' lists", "ArtifactNotFound");
        (await scene.RunAsync("add", "agent", scene.Upstream(""), "--all")).Fails("contains no artifact of type agent. 'skm browse' lists what a source contains.", "ArtifactNotFound");
        (await scene.RunAsync("add", scene.Upstream(""), "--all", "--name", "x")).Fails("--name", "InvalidArgument");
    }

    [Fact]
    public async Task With_keep_going_the_others_are_added()
    {
        using var scene = new ArtifactScene().WithSkill("a").WithSkill("b");
        scene.Home.WriteUpstream("workflows/z/WORKFLOW.yaml", "steps: [");

        var none = (await scene.RunAsync("add", scene.Upstream(""), "--all", "--format", "json")).Succeeds(1);
        var some = (await scene.RunAsync("add", scene.Upstream(""), "--all", "--keep-going", "--format", "json")).Succeeds(1);

        Assert.Equal(["skipped", "skipped", "error"], none.Json.EnumerateArray().Select(e => Text(e, "status")));
        Assert.Equal(["added", "added", "error"], some.Json.EnumerateArray().Select(e => Text(e, "status")));
        Assert.True(File.Exists(scene.Local("skills/a/SKILL.md")) && File.Exists(scene.Local("skills/b/SKILL.md")));
    }

    [Fact]
    public async Task All_problems_are_reported_at_once()
    {
        using var scene = new ArtifactScene().WithSkill("a").WithSkill("b");
        (await scene.RunAsync("add", scene.Upstream("skills/a"), "--name", "b")).Succeeds();

        var run = (await scene.RunAsync("add", scene.Upstream("skills/b"), scene.Upstream("skills/nothing"), "--format", "json")).Succeeds(1);

        Assert.Equal(["InvalidArgument", "UpstreamNotFound"], run.Json.EnumerateArray().Select(e => Text(e, "code")));
    }

    [Fact]
    public async Task A_source_that_can_not_be_listed_is_one_entry_and_the_others_go_on()
    {
        using var scene = new ArtifactScene().WithSkill("a").WithSkill("b");
        (string Good, string Missing) = (scene.Upstream(""), scene.Upstream("../upstraem"));

        var none = (await scene.RunAsync("add", Good, Missing, "--all", "--format", "json")).Succeeds(1);
        var some = (await scene.RunAsync("add", Good, Missing, "https://host/o/r/tree/main/a%0Ab", "--all", "--keep-going", "--format", "json")).Succeeds(1);

        Assert.Equal(["skipped", "skipped", "error"], none.Json.EnumerateArray().Select(e => Text(e, "status")));
        Assert.Equal(
            [(scene.Upstream("skills/a"), null), (scene.Upstream("skills/b"), null), ("https://host/o/r/tree/main/a%0Ab", "InvalidArgument"), (Missing, "UpstreamNotFound")],
            some.Json.EnumerateArray().Select(e => (Text(e, "spec")!, Text(e, "code"))));
        Assert.Contains("control characters", Text(some.Json[2], "reason"), StringComparison.Ordinal);
        Assert.Contains("Did you mean", Text(some.Json[3], "reason"), StringComparison.Ordinal);
        (await scene.RunAsync("add", Missing, "--all")).Fails("does not exist", "UpstreamNotFound");
        Assert.Equal(2, (await scene.RunAsync("browse", Good, Missing, "--format", "json")).Succeeds(1).Json.GetArrayLength());
    }

    [Fact]
    public async Task A_pattern_that_matches_nothing_does_not_keep_the_others_out()
    {
        using var scene = new ArtifactScene().WithSkill("pdf");

        var run = (await scene.RunAsync("add", scene.Upstream(""), "--include", "pdf", "--include", "docx", "--keep-going", "--format", "json")).Succeeds(1);

        Assert.Equal([("skill:pdf", "added"), (null, "error")], run.Json.EnumerateArray().Select(e => (Text(e, "artifact_id"), Text(e, "status"))));
        Assert.Equal("ArtifactNotFound", Text(run.Json[1], "code"));
    }

    [Fact]
    public async Task Without_a_terminal_a_choice_is_an_error_that_says_how()
    {
        using var scene = new ArtifactScene().WithSkill("a").WithSkill("b").WithCommand("c", "text\n");

        (await scene.RunAsync("add", scene.Upstream(""))).Fails("contains command:c, skill:a, skill:b.", "--all", "--include PATTERN", "InvalidArgument");
        (await scene.RunAsync("add", scene.Upstream(""), "--type", "skill")).Fails("contains skill:a, skill:b.");
        Assert.Contains("--all", (await scene.AnswerAsync("", "add", scene.Upstream(""), "--format", "json")).Succeeds(1).Error, StringComparison.Ordinal);
        Assert.Equal(["skill:a added"], Outcomes((await scene.RunAsync("add", scene.Upstream("skills/a"), "--format", "json")).Succeeds()));
        var some = (await scene.RunAsync("add", scene.Upstream(""), "--all", "--type", "command,skill", "--include", "b", "--include", "command:*", "--format", "json")).Succeeds();
        Assert.Equal(["command:c added", "skill:b added"], Outcomes(some));
    }

    [Fact]
    public async Task With_several_sources_each_error_says_how_to_choose()
    {
        using var scene = new ArtifactScene().WithSkill("a").WithSkill("b");
        using var other = new ArtifactScene().WithSkill("c").WithSkill("d");

        var run = (await scene.RunAsync("add", scene.Upstream(""), other.Upstream(""), scene.Upstream("skills/a"), "--format", "json")).Succeeds(1);

        Assert.Equal(["error", "error", "skipped"], run.Json.EnumerateArray().Select(e => Text(e, "status")));
        Assert.All(run.Json.EnumerateArray().Take(2), e => Assert.Contains("Use --all, choose some with --include PATTERN", Text(e, "reason"), StringComparison.Ordinal));
        var some = (await scene.RunAsync("add", scene.Upstream(""), scene.Upstream("skills/a"), "--keep-going", "--format", "json")).Succeeds(1);
        Assert.Equal(["error", "added"], some.Json.EnumerateArray().Select(e => Text(e, "status")).Order(StringComparer.Ordinal).Reverse());
    }

    [Theory]
    [InlineData("browse")]
    [InlineData("add")]
    public async Task Several_repositories_are_listed_in_one_batch(string verb)
    {
        await using var scene = await UpdateScene.StartAsync();
        using var second = GitRepositoryBuilder.Create();
        scene.Server.AddRepository("octo/others", second);
        scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", UpdateScene.Skill("pdf")), GitChange.Write("skills/a/SKILL.md", UpdateScene.Skill("a")));
        second.Commit("1", GitChange.Write("skills/xlsx/SKILL.md", UpdateScene.Skill("xlsx")), GitChange.Write("skills/b/SKILL.md", UpdateScene.Skill("b")));
        (string First, string Second) = verb == "add" ? ($"{UpdateScene.Repo}@pdf", "octo/others@xlsx") : (UpdateScene.Repo, "octo/others");
        var around = new SkmSurroundings
        {
            Environment = new[] { "GITHUB_SERVER_URL", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "GITHUB_TOKEN", "PATH" }.ToDictionary(name => name, scene.Environment),
        };

        var one = (await SkmRun.StartAsync([verb, First, "--format", "json", "--home", scene.Home], around)).Succeeds();
        var queries = scene.Server.Log.Count(RequestKind.GraphQl);
        scene.Server.Log.Clear();
        if (verb == "add") (await SkmRun.StartAsync(["remove", "pdf", "--yes", "--home", scene.Home], around)).Succeeds();
        var both = (await SkmRun.StartAsync([verb, First, Second, "--format", "json", "--home", scene.Home], around)).Succeeds();

        Assert.Equal(queries, scene.Server.Log.Count(RequestKind.GraphQl));
        Assert.Equal(verb == "add" ? ["skill:pdf", "skill:xlsx"] : ["skill:a", "skill:pdf", "skill:b", "skill:xlsx"], both.Json.EnumerateArray().Select(e => Text(e, "artifact_id")));
        Assert.Equal(both.Json.GetArrayLength() / 2, one.Json.GetArrayLength());
    }

    [Fact]
    public async Task Overlapping_sources_are_each_listed_and_shown_once()
    {
        using var scene = new ArtifactScene().WithSkill("a").WithSkill("b");

        Assert.Equal(2, (await scene.RunAsync("browse", scene.Upstream(""), scene.Upstream("skills"), "--format", "json")).Succeeds().Json.GetArrayLength());
    }

    [Fact]
    public async Task Quiet_never_prompts()
    {
        using var scene = new ArtifactScene().WithSkill("a").WithSkill("b");
        (await scene.AnswerAsync("", "add", scene.Upstream(""), "-q")).Fails("Use --all");
        (await scene.RunAsync("add", scene.Upstream(""), "--all")).Succeeds();
        scene.Edit(scene.Upstream("skills/a/SKILL.md"), "About a", "More about a");

        (await scene.AnswerAsync("n\n", "remove", "b", "-q")).Fails("--quiet suppresses prompts. Pass --yes");
        (await scene.AnswerAsync("n\n", "update", "--all", "--strategy", "prompt", "-q")).Fails("--quiet suppresses prompts.");
        var update = (await scene.AnswerAsync("n\n", "update", "--all", "-q")).Succeeds();

        Assert.DoesNotContain("[y/N]", update.Error, StringComparison.Ordinal);
        Assert.Contains("More about a", await File.ReadAllTextAsync(scene.Local("skills/a/SKILL.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Artifacts_that_are_there_already_need_no_choice_and_no_terminal()
    {
        using var scene = new ArtifactScene().WithSkill("a").WithSkill("b");
        (await scene.RunAsync("add", scene.Upstream(""), "--all")).Succeeds();

        Assert.Equal(["skill:a unchanged", "skill:b unchanged"], Outcomes((await scene.RunAsync("add", scene.Upstream(""), "--format", "json")).Succeeds()));
    }

    [Fact]
    public async Task With_auto_a_repository_that_is_a_skill_is_added_as_a_whole()
    {
        await using var scene = await UpdateScene.StartAsync();
        scene.Git.Commit(
            "1",
            GitChange.Write("SKILL.md", UpdateScene.Skill("skills")),
            GitChange.Write(".claude-plugin/plugin.json", "{\"name\": \"skills\"}"),
            GitChange.Write("commands/go.md", "Go.\n"));
        var around = new SkmSurroundings
        {
            Environment = new[] { "GITHUB_SERVER_URL", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "GITHUB_TOKEN", "PATH" }.ToDictionary(name => name, scene.Environment),
        };

        (await SkmRun.StartAsync(["add", UpdateScene.Repo, "--home", scene.Home], around)).Fails("command:go", "skill:skills", "--all");
        Assert.Equal(["skill:skills added"], Outcomes((await SkmRun.StartAsync(["add", "auto", UpdateScene.Repo, "--format", "json", "--home", scene.Home], around)).Succeeds()));
        var all = (await SkmRun.StartAsync(["add", "auto", UpdateScene.Repo, "--all", "--format", "json", "--home", scene.Home], around)).Succeeds();
        Assert.Equal(["command:go added", "skill:skills unchanged"], Outcomes(all).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task At_a_terminal_many_are_chosen()
    {
        Assert.SkipUnless(HasTerminal, "The program 'script' makes the terminal.");
        using var scene = new ArtifactScene().WithSkill("a").WithSkill("b").WithSkill("c");

        // Down, Space, Down, Space, Enter.
        var run = await SkmProcess.StartAsync("/usr/bin/script", ["-qec", AddAt(scene), "/dev/null"], TestContext.Current.CancellationToken, Terminal(), "\u001b[B \u001b[B \r");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal(["skill:b", "skill:c"], (await scene.RunAsync("list", "--format", "json")).Succeeds().Json.EnumerateArray().Select(e => Text(e, "artifact_id")));
    }

    [Fact]
    public async Task A_choice_that_is_cancelled_leaves_the_cursor_visible()
    {
        Assert.SkipUnless(HasTerminal, "The program 'script' makes the terminal.");
        using var scene = new ArtifactScene().WithSkill("a").WithSkill("b");
        var start = new ProcessStartInfo("/usr/bin/script", ["-qec", AddAt(scene), "/dev/null"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment.Clear();
        foreach (var (name, value) in Terminal()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            var shown = new StringBuilder();
            var buffer = new char[1024];
            while (!shown.ToString().Contains("skill:b", StringComparison.Ordinal))
            {
                var count = await process.StandardOutput.ReadAsync(buffer, TestContext.Current.CancellationToken);
                Assert.True(count > 0, shown.ToString());
                shown.Append(buffer, 0, count);
            }

            // Ctrl+C.
            await process.StandardInput.WriteAsync("\u0003".AsMemory(), TestContext.Current.CancellationToken);
            await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
            shown.Append(await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            var text = shown.ToString();
            Assert.True(process.ExitCode == 130, text);
            Assert.True(text.LastIndexOf("\u001b[?25h", StringComparison.Ordinal) > text.LastIndexOf("\u001b[?25l", StringComparison.Ordinal), text);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static bool HasTerminal => OperatingSystem.IsLinux() && File.Exists("/usr/bin/script");

    private static string AddAt(ArtifactScene scene) => string.Join(' ', SkmProcess.Command.Concat(["add", scene.Upstream(""), "--home", scene.Home.Home]));

    private static Dictionary<string, string?> Terminal() => new()
    {
        ["PATH"] = Environment.GetEnvironmentVariable("PATH"),
        ["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT"),
        ["TERM"] = "xterm",
        ["HOME"] = Path.GetTempPath(),
    };

    private static IEnumerable<string> Outcomes(SkmRun run) => run.Json.EnumerateArray().Select(e => $"{Text(e, "artifact_id")} {Text(e, "status")}");

    private static string? Text(JsonElement element, string key) => element.GetProperty(key).GetString();
}
