using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Support;
using SkillMeat.Tests.Updates;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary>The JSON of every command, byte for byte, as scripts expect it.</summary>
public sealed class JsonGoldenTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Projects()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the paths in the output are those of Unix, and links need a privilege");
        using var home = TestHome.Sample();
        Directory.CreateDirectory(Path.Combine(home.Place, "app", ".cursor"));
        Directory.CreateDirectory(Path.Combine(home.Place, "user"));
        home.WriteUpstream("hooks/guard/settings.json", """{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "${CLAUDE_PLUGIN_ROOT}/check.sh"}]}]}}""");
        home.WriteUpstream("hooks/guard/check.sh", "exit 0\n");
        home.WriteUpstream("mcp/files/.mcp.json", """{"mcpServers": {"files": {"command": "npx", "args": ["-y", "files-server"]}}}""");
        var skm = new JsonTranscript(home.Home, home.Place, new Dictionary<string, string?> { ["HOME"] = Path.Combine(home.Place, "user") });

        await skm.RunAsync("add hook PLACE/upstream/hooks/guard");
        await skm.RunAsync("add mcp PLACE/upstream/mcp/files");
        await skm.RunAsync("project list");
        await skm.RunAsync("project register PLACE/app --name site");
        await skm.RunAsync("project register PLACE/gone");
        await skm.RunAsync("deploy --all --project site --dry-run");
        await skm.RunAsync("deploy --all --project site");
        await skm.RunAsync("deploy guard files --project site --activate");
        await skm.RunAsync("deploy pdf-tools --project PLACE/app --profile cursor --profile codex --mode link");
        await skm.RunAsync("drift --all-projects");
        Edit(Path.Combine(home.Place, "app", ".claude", "skills", "meeting-notes", "SKILL.md"), "transcripts", "recordings");
        Edit(home.At("collections", "default", "commands", "changelog.md"), "---\n", "---\nlicense: MIT\n");
        home.Write(Path.Combine(home.Place, "app", ".claude", "commands", "mine.md"), "mine");
        await skm.RunAsync("drift --project PLACE/app");
        await skm.RunAsync("drift --project PLACE/app --type command --include-in-sync");
        await skm.RunAsync("collection refresh --check-only --project site --type skill");
        await skm.RunAsync("deploy meeting-notes changelog --project site");
        await skm.RunAsync("deploy meeting-notes --project site --force");
        await skm.RunAsync("project list");
        await skm.RunAsync("project find PLACE --depth 1");
        await skm.RunAsync("undeploy --all --project site --profile *");
        await skm.RunAsync("undeploy pdf-tools --project site");
        await skm.RunAsync("deploy pdf-tools --user");
        await skm.RunAsync("drift --user --include-in-sync");
        await skm.RunAsync("adopt --project site --dry-run");
        await skm.RunAsync("adopt mine --project site");
        await skm.RunAsync("adopt gone --project site");
        Directory.Move(Path.Combine(home.Place, "app"), Path.Combine(home.Place, "moved"));
        await skm.RunAsync("drift --all-projects");
        await skm.RunAsync("project unregister site");

        await CompareAsync("projects.txt", skm);
    }

    [Fact]
    public async Task Collections_of_folders()
    {
        using var home = TestHome.Sample();
        home.WriteUpstream("skills/odd/SKILL.md", "---\nname: odd\ndescription: \"日本語 Ünïcödé 🧪 \\\"quoted\\\" <tag> & more\\e\\u0085\\x7f 'x' +\"\ndeprecated: true\n---\n" + ArtifactScene.Numbers);
        var skm = new JsonTranscript(home.Home, home.Place, new[] { "GITHUB_SERVER_URL", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL" }.ToDictionary(name => name, string? (_) => "http://127.0.0.1:1"));

        await skm.RunAsync("init");
        await skm.RunAsync("list");
        await skm.RunAsync("show pdf-tools");
        await skm.RunAsync("show gone");
        await skm.RunAsync("collection list");
        await skm.RunAsync("collection show");
        await skm.RunAsync("collection refresh --fields help");
        await skm.RunAsync("collection refresh --check-only");
        await skm.RunAsync("collection refresh --check-only --fields tags,license");
        await skm.RunAsync("collection refresh --dry-run");
        await skm.RunAsync("collection refresh");
        await skm.RunAsync("collection snapshots");
        await skm.RunAsync("doctor");
        await skm.RunAsync("add auto PLACE/upstream/skills/odd PLACE/upstream/skills/gone");
        await skm.RunAsync("add auto PLACE/upstream/skills/odd");
        await skm.RunAsync("show odd");
        await skm.RunAsync("update --all --dry-run");
        await skm.RunAsync("update --all");
        var taken = Id(await skm.RunAsync("snapshot new --message before"));
        Edit(home.At("collections", "default", "skills", "odd", "SKILL.md"), "line 5", "mine");
        Edit(Path.Combine(home.Place, "upstream", "skills", "odd", "SKILL.md"), "line 5", "theirs");
        await skm.RunAsync("collection refresh --check-only --name odd");
        await skm.RunAsync("update odd gone");
        await skm.RunAsync("update odd --resolve-with upstream --skip-snapshot");
        await skm.RunAsync("remove odd --dry-run");
        await skm.RunAsync("remove odd --yes");
        await skm.RunAsync("remove pdf-tools --keep-files --skip-snapshot --yes");
        await skm.RunAsync($"snapshot show {taken}");
        await skm.RunAsync("snapshot list --skip 1");
        await skm.RunAsync("snapshot verify --all");
        await skm.RunAsync($"snapshot restore {taken} --artifact pdf-tools --yes");
        await skm.RunAsync($"collection rollback --snapshot {taken} --yes");
        await skm.RunAsync($"collection rollback --snapshot {taken} --yes");
        await skm.RunAsync($"snapshot export {taken} --output PLACE/out.tar.gz");
        await skm.RunAsync("snapshot remove --keep-last 1 --yes");
        await skm.RunAsync($"snapshot remove {taken} --yes");
        await skm.RunAsync("collection create other");
        await skm.RunAsync("collection use other");
        await skm.RunAsync("list");
        await skm.RunAsync("collection refresh");
        await skm.RunAsync("collection refresh --check-only");
        await skm.RunAsync("collection use gone");
        await skm.RunAsync("repair");
        Directory.Delete(Path.Combine(home.Place, "upstream"), recursive: true);
        await skm.RunAsync("collection refresh --check-only -c default");
        await skm.RunAsync("collection refresh -c default");
        await skm.RunAsync("update --all -c default");
        await skm.RunAsync("doctor");
        home.Write(Assert.Single(Directory.GetFiles(home.Snapshots)), "spoilt");
        await skm.RunAsync("snapshot list -c default");
        await skm.RunAsync("collection snapshots -c default");
        await skm.RunAsync("snapshot verify --all -c default");
        home.Write(home.At("collections", "other", "collection.toml"), "= spoilt");
        await skm.RunAsync("collection list");
        await skm.RunAsync("repair --dry-run");
        await skm.RunAsync("repair");

        await CompareAsync("folders.txt", skm);
    }

    [Fact]
    public async Task Collections_that_are_organized()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the paths in the output are those of Unix");
        using var home = TestHome.Sample();
        Directory.CreateDirectory(Path.Combine(home.Place, "app"));
        var skm = new JsonTranscript(home.Home, home.Place, new Dictionary<string, string?> { ["HOME"] = Path.Combine(home.Place, "user") });

        await skm.RunAsync("project register PLACE/app");
        await skm.RunAsync("deploy pdf-tools --project app");
        await skm.RunAsync("collection create team");
        await skm.RunAsync("collection rename default main --dry-run");
        await skm.RunAsync("collection rename default main");
        await skm.RunAsync("collection rename main team");
        await skm.RunAsync("collection edit main --description Mine");
        await skm.RunAsync("move pdf-tools command:* --to team --dry-run");
        await skm.RunAsync("move pdf-tools command:* --to team");
        await skm.RunAsync("move pdf-tools --to team");
        await skm.RunAsync("copy meeting-notes --to team --as minutes --skip-snapshot");
        await skm.RunAsync("drift --all-projects --include-in-sync");
        await skm.RunAsync("collection delete team --dry-run");
        await skm.RunAsync("collection delete team");
        await skm.RunAsync("collection delete team --yes");
        await skm.RunAsync("collection delete main --yes");
        await skm.RunAsync("collection list");

        await CompareAsync("organized.txt", skm);
    }

    [Fact]
    public async Task Collections_of_GitHub()
    {
        await using var scene = await UpdateScene.StartAsync();
        var skm = new JsonTranscript(scene.Home, scene.Place, new[] { "GITHUB_SERVER_URL", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL", "GITHUB_TOKEN", "PATH" }.ToDictionary(name => name, scene.Environment));
        scene.Git.Tag("v1.0.0", scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", UpdateScene.Skill("a")), GitChange.Write("skills/b/SKILL.md", UpdateScene.Skill("b"))));

        await skm.RunAsync("add skill octo/skills/skills/a octo/skills/skills/b@v1.0.0");
        await skm.RunAsync("list");
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", UpdateScene.Skill("a", "more")), GitChange.Write("skills/c/SKILL.md", UpdateScene.Skill("c")));
        await skm.RunAsync("collection refresh --check-only");
        await skm.RunAsync("collection refresh");
        await skm.RunAsync("update --all");
        await skm.RunAsync("collection refresh --check-only");

        await CompareAsync("github.txt", skm);
    }

    private static async Task CompareAsync(string file, JsonTranscript transcript)
    {
        // Beside the program, so that an intended change can be copied.
        var printed = Path.Combine(AppContext.BaseDirectory, file);
        var (expected, actual) = (await File.ReadAllTextAsync(Path.Combine(Checkout.Folder, "tests", "Unit", "Cli", "Golden", file), Cancellation), transcript.Text);
        if (SkmProcess.Published is not null) (expected, actual) = (JsonTranscript.WithoutTimes(expected), JsonTranscript.WithoutTimes(actual));
        await File.WriteAllTextAsync(printed, actual, Cancellation);
        Assert.True(expected == actual, $"'{printed}' is not tests/Unit/Cli/Golden/{file}.");
    }

    private static string Id(SkmRun taken) => taken.Succeeds().Json.GetProperty("id").GetString()!;

    private static void Edit(string path, string old, string @new) => File.WriteAllText(path, File.ReadAllText(path).Replace(old, @new, StringComparison.Ordinal));
}
