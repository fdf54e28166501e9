using SkillMeat.Additions;
using SkillMeat.Browsing;
using SkillMeat.Checks;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Updates;
using SkillMeat.Updates;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Browsing;

/// <summary>Hooks and servers in a file at the root of a repository or folder come without everything else that is there.</summary>
public sealed class RootSettingsTests
{
    private const string Hooks = """{ "hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "say done" }] }] } }""";
    private const string Servers = """{ "mcpServers": { "db": { "command": "db" } } }""";

    [Theory]
    [InlineData("hooks.json", Hooks, true, "hook:skills", "hooks/skills")]
    [InlineData("hooks.json", Hooks, false, "hook:skills", "hooks/skills")]
    [InlineData("my-hooks.json", Hooks, false, "hook:my-hooks", "hooks/my-hooks")]
    [InlineData(".mcp.json", Servers, false, "mcp:skills", "mcp/skills")]
    public async Task A_file_at_the_root_of_a_repository_is_added_and_updated_alone(string file, string text, bool hasToken, string id, string path)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit("1", GitChange.Write(file, text), GitChange.Write("README.md", "About."), GitChange.Write("src/big.bin", "big"));

        var entry = Assert.Single(await scene.AddAsync($"{Repo}/{file}"));

        Assert.Equal((AddStatus.Added, null, id), (entry.Status, entry.Reason, entry.ArtifactId));
        await FollowAsync(scene, Repo, file, text, path, (name, now) => scene.Git.Commit("next", GitChange.Write(name, now)));
    }

    [Theory]
    [InlineData("hooks.json", Hooks, "hook:upstream", "hooks/upstream")]
    [InlineData("my-hooks.json", Hooks, "hook:my-hooks", "hooks/my-hooks")]
    [InlineData(".mcp.json", Servers, "mcp:upstream", "mcp/upstream")]
    public async Task A_file_at_the_root_of_a_folder_is_added_and_updated_alone(string file, string text, string id, string path)
    {
        await using var scene = await StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(scene.Place, "upstream")).FullName;
        Write(folder, file, text);
        Write(folder, "README.md", "About.");
        Write(folder, "src/big.bin", "big");

        var entry = Assert.Single(await scene.AddAsync(Path.Combine(folder, file)));

        Assert.Equal((AddStatus.Added, null, id), (entry.Status, entry.Reason, entry.ArtifactId));
        await FollowAsync(scene, folder, file, text, path, (name, now) => Write(folder, name, now));
    }

    private static async Task FollowAsync(UpdateScene scene, string source, string file, string text, string path, Action<string, string> write)
    {
        Assert.Equal([file], Files(scene, path));
        Assert.Equal(text, scene.Read($"{path}/{file}"));
        Assert.Equal(AddStatus.Unchanged, Assert.Single(await scene.AddAsync($"{source}/{file}")).Status);
        Assert.Equal(ChangeType.UpToDate, (await CheckAsync(scene)).ChangeType);
        write("src/other.txt", "Something else.");
        Assert.Equal(ChangeType.UpToDate, (await CheckAsync(scene)).ChangeType);

        var now = text.Replace("d", "D", StringComparison.Ordinal).Replace("commanD", "command", StringComparison.Ordinal);
        write(file, now);
        Assert.Equal((ChangeType.Updated, UpdateRisk.SafeUpdate), ((await CheckAsync(scene)).ChangeType, (await CheckAsync(scene)).Drift));
        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync()).Status);
        Assert.Equal([file], Files(scene, path));
        Assert.Equal(now, scene.Read($"{path}/{file}"));
        Assert.Equal(UpdateStatus.Unchanged, (await scene.UpdateOneAsync()).Status);
        scene.AssertConsistent();
    }

    [Fact]
    public async Task A_file_whose_commands_use_its_plugin_comes_with_the_plugin()
    {
        await using var scene = await StartAsync();
        var text = Hooks.Replace("say done", "${CLAUDE_PLUGIN_ROOT}/run.sh", StringComparison.Ordinal);
        scene.Git.Commit("1", GitChange.Write("hooks.json", text), GitChange.Write("run.sh", "run"), GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")));
        var folder = Directory.CreateDirectory(Path.Combine(scene.Place, "plugin")).FullName;
        Write(folder, "hooks.json", text);
        Write(folder, "run.sh", "run");

        Assert.All(await scene.AddAsync($"{Repo}/hooks.json", Path.Combine(folder, "hooks.json")), entry => Assert.Equal((AddStatus.Added, null), (entry.Status, entry.Reason)));

        Assert.Equal(["hooks.json", "run.sh", "skills/pdf/SKILL.md"], Files(scene, "hooks/skills"));
        Assert.Equal(["hooks.json", "run.sh"], Files(scene, "hooks/plugin"));
        Assert.Equal(AddStatus.Unchanged, Assert.Single(await scene.AddAsync($"{Repo}/hooks.json")).Status);
    }

    [Fact]
    public async Task A_file_whose_commands_begin_to_use_its_plugin_is_updated_with_a_warning()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("hooks.json", Hooks));
        await scene.AddAsync($"{Repo}/hooks.json");
        scene.Git.Commit("2", GitChange.Write("hooks.json", Hooks.Replace("say done", "${CLAUDE_PLUGIN_ROOT}/run.sh", StringComparison.Ordinal)), GitChange.Write("run.sh", "run"));

        var entry = await scene.UpdateOneAsync();

        Assert.Equal(UpdateStatus.Updated, entry.Status);
        Assert.Contains(entry.Warnings, warning => warning.Contains("other files of its plugin", StringComparison.Ordinal));
        Assert.Equal(["hooks.json"], Files(scene, "hooks/skills"));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Files_at_the_root_that_a_plugin_names_are_listed_beside_other_artifacts(bool isRepository, bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        GitChange[] changes =
        [
            GitChange.Write(".claude-plugin/plugin.json", """{ "name": "all", "hooks": ["./hooks.json", "./more.json", "./whole.json"], "mcpServers": "./.mcp.json" }"""),
            GitChange.Write("hooks.json", Hooks), GitChange.Write("more.json", Hooks), GitChange.Write("whole.json", Hooks.Replace("say", "${CLAUDE_PLUGIN_ROOT}/say", StringComparison.Ordinal)),
            GitChange.Write(".mcp.json", Servers), GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")),
        ];
        scene.Git.Commit("1", changes);
        var folder = Path.Combine(scene.Place, "skills");
        if (!isRepository) scene.Git.Git("clone", "--quiet", scene.Git.GitDirectory, folder);
        var source = isRepository ? Repo : folder;

        // The one that needs the whole plugin would bring in the others again.
        Assert.Equal(["hook:more at more.json: New", "hook:skills at hooks.json: New", "mcp:skills at .mcp.json: New", "skill:pdf at skills/pdf: New"], await Browsed.DescribeAsync(scene, source));
        Assert.All(await scene.AddAsync([.. (await Browsed.ListAsync(scene, source)).Select(one => one.ToAddition())]), entry => Assert.Equal((AddStatus.Added, null), (entry.Status, entry.Reason)));

        Assert.All(await Browsed.ListAsync(scene, source), one => Assert.Equal(UpstreamArtifactState.Present, one.State));
        Assert.Equal(["hooks.json"], Files(scene, "hooks/skills"));
        if (isRepository) scene.Git.Commit("2", GitChange.Write("more.json", Hooks + "\n"));
        else Write(folder, "more.json", Hooks + "\n");
        Assert.Equal(["hook:more at more.json: Behind"], (await Browsed.DescribeAsync(scene, source)).Where(one => !one.EndsWith("Present", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("hooks.json", "{ \"hooks\": {} }")]
    [InlineData(".mcp.json", "{ \"mcpServers\": {} }")]
    public async Task An_empty_file_that_is_listed_can_be_added(string file, string text)
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write(".claude-plugin/plugin.json", $$"""{ "name": "all", "hooks": "./hooks.json", "mcpServers": "./.mcp.json" }"""), GitChange.Write(file, text), GitChange.Write("big.bin", "big"));

        var found = Assert.Single(await Browsed.ListAsync(scene, Repo));

        Assert.Equal(AddStatus.Added, Assert.Single(await scene.AddAsync(found.ToAddition())).Status);
        Assert.Equal([file], Files(scene, $"{(found.Type == "hook" ? "hooks" : "mcp")}/skills"));
    }

    [Theory]
    [InlineData("my-hooks.json", "my-hooks.json")]
    [InlineData("config/hooks.json", "config/hooks.json")]
    public async Task A_file_at_the_root_that_moved_is_followed(string to, string place)
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("hooks.json", Hooks), GitChange.Write("README.md", "About."));
        await scene.AddAsync($"{Repo}/hooks.json");
        scene.Git.Commit("2", GitChange.Delete("hooks.json"), GitChange.Write(to, Hooks));

        var entry = await scene.UpdateOneAsync();

        Assert.Equal((ChangeType.Moved, UpdateStatus.Updated), (entry.ChangeType, entry.Status));
        Assert.Contains($"/{place}\"", scene.Read("collection.toml"), StringComparison.Ordinal);
        Assert.Equal([Path.GetFileName(to)], Files(scene, "hooks/skills"));
        Assert.Equal(UpdateStatus.Unchanged, (await scene.UpdateOneAsync()).Status);
    }

    [Fact]
    public async Task A_file_at_the_root_is_compared_with_upstream_where_its_commit_is_gone()
    {
        await using var scene = await StartAsync(hasToken: false);
        var old = scene.Git.Commit("1", GitChange.Write("hooks.json", Hooks));
        await scene.AddAsync($"{Repo}/hooks.json");
        foreach (var file in new[] { "collection.toml", "collection.lock" }) scene.Write(file, scene.Read(file).Replace(old, new string('1', 40), StringComparison.Ordinal));

        Assert.Equal(ChangeType.UpToDate, (await CheckAsync(scene)).ChangeType);
        scene.Git.Commit("2", GitChange.Write("hooks.json", Hooks + "\n"));
        Assert.Equal(ChangeType.Updated, (await CheckAsync(scene)).ChangeType);
    }

    private static async Task<ArtifactCheck> CheckAsync(UpdateScene scene)
    {
        var store = scene.Open();
        using var session = scene.Connect(store);
        return Assert.Single((await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest(), cancellationToken: Cancellation)).Checks);
    }

    private static IEnumerable<string> Files(UpdateScene scene, string path) => Directory.EnumerateFiles(scene.At(path), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .Select(file => Path.GetRelativePath(scene.At(path), file).Replace('\\', '/')).Order(StringComparer.Ordinal);

    private static void Write(string folder, string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
        File.WriteAllText(Path.Combine(folder, path), text);
    }
}
