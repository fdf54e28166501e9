using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary>Command lines are completed: commands, options, types, and what the home has.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("col", "collection")]
    [InlineData("collection r", "rename", "refresh", "rollback")]
    [InlineData("add --inc", "--include")]
    [InlineData("add --quie", "--quiet")]
    [InlineData("add --type sk", "skill")]
    [InlineData("add co", "command", "composite")]
    [InlineData("list --type=a", "--type=agent")]
    [InlineData("list --format ", "json", "table")]
    [InlineData("show a", "a1", "a2")]
    [InlineData("show skill:a1", "skill:a1")]
    [InlineData("update --all -s m", "merge")]
    [InlineData("remove -t agent ")]
    [InlineData("list -c w", "work")]
    [InlineData("collection use d", "default")]
    [InlineData("collection refresh --fields li", "license")]
    [InlineData("deploy a1 --mode ", "copy", "link")]
    [InlineData("deploy --project a", "app")]
    [InlineData("deploy --profile clau", "claude_code")]
    [InlineData("sync --strategy o", "overwrite")]
    [InlineData("sync --direction pu", "push", "pull")]
    [InlineData("sync --resolve-with c", "collection")]
    [InlineData("project unregister ", "app")]
    [InlineData("completion ", "bash", "fish", "pwsh", "zsh")]
    [InlineData("add skill a")]
    [InlineData("add --name a")]
    [InlineData("compl", "completion")]
    [InlineData("-- a")]
    public async Task A_line_is_completed(string line, params string[] expected)
    {
        using var home = TestHome.WithSkills(2);
        home.Write(home.At("collections", "work", "collection.toml"), "[collection]\nname = \"work\"\n");
        home.Write(home.At("projects.toml"), "[[projects]]\npath = \"/somewhere/app\"\nname = \"app\"\n");
        var before = home.Tree();

        var run = await SkmRun.StartAsync(["complete", "--", "--home", home.Home, .. line.Split(' ')]);

        Assert.Equal(expected, Words(run).Select(one => one.Value));
        Assert.Empty(run.Error);
        Assert.Equal(before, home.Tree());
    }

    [Theory]
    [InlineData("group sh", "show")]
    [InlineData("group show d", "Daily")]
    [InlineData("group add D", "Daily")]
    [InlineData("group add Daily a", "a1", "a2")]
    [InlineData("group create x --member a", "a1", "a2")]
    [InlineData("group create a")]
    [InlineData("list --group ", "Daily")]
    [InlineData("mcp edit f", "files")]
    [InlineData("mcp add f")]
    [InlineData("tag remove ", "Docs")]
    public async Task Groups_servers_and_tags_are_completed(string line, params string[] expected)
    {
        using var home = TestHome.WithSkills(2);
        home.Write(home.Manifest, File.ReadAllText(home.Manifest) + "\n[[groups]]\nname = \"Daily\"\n\n[[mcp_servers]]\nname = \"files\"\n\n[[tag_definitions]]\nname = \"Docs\"\n");

        var run = await SkmRun.StartAsync(["complete", "--", "--home", home.Home, .. line.Split(' ')]);

        Assert.Equal(expected, Words(run).Select(one => one.Value));
    }

    [Fact]
    public async Task Completions_have_their_meaning()
    {
        using var home = TestHome.WithSkills(1);

        Assert.Equal(("a1", "skill: Old text"), Words(await SkmRun.StartAsync(["complete", "--", "--home", home.Home, "show", ""])).Single());
        Assert.Contains(Words(await SkmRun.StartAsync(["complete", "--", ""])), one => one == ("browse", "Lists the artifacts in a repository or folder."));
        Assert.DoesNotContain(Words(await SkmRun.StartAsync(["complete", "--", ""])), one => one.Value == "complete");
    }

    [Fact]
    public async Task Artifacts_that_can_be_adopted_are_offered_and_nothing_is_written()
    {
        using var home = TestHome.WithSkills(1);
        home.Write("app/.github/skills/notes/SKILL.md", "---\nname: notes\n---\n");
        home.Write("app/.claude/commands/notice.md", "Mine\n");
        var before = home.Tree();
        string[] line = ["complete", "--", "--home", home.Home, "adopt", "--project", Path.Combine(home.Place, "app")];

        Assert.Equal([("notice", "command"), ("notes", "skill")], Words(await SkmRun.StartAsync([.. line, "not"])));
        Assert.Equal([("skill:notes", "skill")], Words(await SkmRun.StartAsync([.. line, "skill:"])));
        Assert.Equal([("notes", "skill")], Words(await SkmRun.StartAsync([.. line, "--type", "skill", ""])));
        Assert.Equal(before, home.Tree());
    }

    [Fact]
    public async Task Without_a_home_there_are_no_names()
    {
        using var home = TestHome.None();

        Assert.Empty((await SkmRun.StartAsync(["complete", "--", "--home", home.Home, "show", ""])).Succeeds().Output);
    }

    [Theory]
    [InlineData("bash", "-n")]
    [InlineData("zsh", "-n")]
    [InlineData("fish", "--no-execute")]
    public async Task A_script_has_no_errors(string shell, string check)
    {
        var program = Find(shell);
        Assert.SkipWhen(program is null, $"{shell} is not installed.");
        var script = await SkmRun.StartAsync(["completion", shell]);
        using var home = TestHome.None();
        home.Write("script", script.Succeeds().OutputBytes);
        // A shell warns of a culture that the system does not have.
        var environment = new Dictionary<string, string?> { ["PATH"] = Environment.GetEnvironmentVariable("PATH"), ["LC_ALL"] = "C" };

        var run = await SkmProcess.StartAsync(program!, [check, Path.Combine(home.Place, "script")], TestContext.Current.CancellationToken, environment);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("skm show ", "a1 a2")]
    [InlineData("skm show skill:a", "a1 a2")]
    [InlineData("skm list --type=ag", "agent")]
    [InlineData("skm collection sh", "show")]
    [InlineData("skm validate ./", "")]
    public async Task The_script_of_bash_completes(string line, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Find("bash") is null, "bash is not installed.");
        using var home = TestHome.WithSkills(2);
        home.Write("completion.bash", (await SkmRun.StartAsync(["completion", "bash"])).Succeeds().OutputBytes);
        home.Write("try.bash", $$"""
            skm() { {{string.Join(' ', SkmProcess.Command.Select(part => $"'{part}'"))}} "$@"; }
            source "$1/completion.bash"
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}}
            _skm
            echo "${COMPREPLY[*]}"

            """);
        var environment = new Dictionary<string, string?> { ["SKILLMEAT_HOME"] = home.Home, ["PATH"] = Environment.GetEnvironmentVariable("PATH"), ["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT"), ["HOME"] = home.Place };

        var run = await SkmProcess.StartAsync(Find("bash")!, [Path.Combine(home.Place, "try.bash"), home.Place], TestContext.Current.CancellationToken, environment);

        Assert.Equal((0, "", expected), (run.ExitCode, run.Error, run.Output.Trim()));
    }

    private static IEnumerable<(string Value, string Meaning)> Words(SkmRun run) => run.Succeeds().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (line.Split('\t')[0], line.Split('\t')[1]));

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
