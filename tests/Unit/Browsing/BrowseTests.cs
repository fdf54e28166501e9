using SkillMeat.Additions;
using SkillMeat.Browsing;
using SkillMeat.Checks;
using SkillMeat.Errors;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Updates;
using SkillMeat.Updates;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Browsing;

/// <summary>The artifacts of a repository are found wherever they are, with a name of their own, and compared with the collection.</summary>
public sealed class BrowseTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_artifacts_of_a_repository_are_listed_and_compared(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        Fill(scene);
        await scene.AddAsync($"{Repo}/skills/pdf");
        scene.Git.Commit("2", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf", "2")));

        var found = await BrowseAsync(scene, Repo);

        Assert.Equal(
            [
                "agent:reviewer at agents/reviewer.md: New",
                "command:docs-clean at commands/docs/clean.md: New",
                "command:git-clean at commands/git/clean.md: New",
                "skill:one-pdf at plugins/one/skills/pdf: New",
                "skill:pdf at skills/pdf: Behind",
                "skill:two-pdf at plugins/two/skills/pdf: New",
                "skill:xlsx at skills/xlsx: New",
            ],
            found.Select(one => $"{one.ArtifactId} at {one.Path}: {one.State}").Order(StringComparer.Ordinal));
        Assert.Equal("About xlsx", found.Single(one => one.Name == "xlsx").Description);
        Assert.All(found, one => Assert.Matches("^[0-9a-f]{40}$", one.UpstreamSha!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Everything_that_is_listed_can_be_added_and_is_unchanged_then(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        Fill(scene);
        var store = scene.Open();
        using var session = scene.Connect(store);
        var browser = new ArtifactBrowser(store, session);
        var all = await browser.SelectAsync(RequestOf(scene, Repo), [], TestContext.Current.CancellationToken);

        var added = await new ArtifactAdder(store, session).AddAsync(new AddRequest { Artifacts = all, BaseFolder = scene.Place }, TestContext.Current.CancellationToken);
        var again = await new ArtifactAdder(store, session).AddAsync(new AddRequest { Artifacts = all, BaseFolder = scene.Place }, TestContext.Current.CancellationToken);

        Assert.Equal(7, added.Count(entry => entry.Status == AddStatus.Added));
        Assert.All(again, entry => Assert.Equal(AddStatus.Unchanged, entry.Status));
        Assert.All(await BrowseAsync(scene, Repo), one => Assert.Equal(UpstreamArtifactState.Present, one.State));
        scene.AssertConsistent();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_artifact_that_moved_is_behind_and_not_new(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf") + string.Concat(Enumerable.Range(0, 30).Select(line => $"Line {line}\n"))), GitChange.Write("skills/xlsx/SKILL.md", Skill("xlsx")));
        await scene.AddAsync($"{Repo}/skills/pdf");
        scene.Git.Commit("2", GitChange.Move("skills/pdf", "plugins/office/skills/pdf"));

        var found = await BrowseAsync(scene, Repo);

        Assert.Equal(["skill:pdf at plugins/office/skills/pdf: Behind", "skill:xlsx at skills/xlsx: New"], found.Select(Describe));
    }

    [Fact]
    public async Task Equal_agents_in_two_folders_of_Claude_Code_are_two_artifacts()
    {
        await using var scene = await StartAsync(hasToken: true);
        const string Agent = "---\nname: reviewer\ndescription: d\n---\n";
        scene.Git.Commit("1", GitChange.Write(".claude/agents/one/reviewer.md", Agent), GitChange.Write(".claude/agents/two/reviewer.md", Agent), GitChange.Write(".agents/agents/reviewer.md", Agent));

        Assert.Equal([".claude/agents/one/reviewer.md", ".claude/agents/two/reviewer.md"], (await BrowseAsync(scene, Repo)).Select(one => one.Path));
        await scene.AddAsync($"{Repo}/.claude/agents/one/reviewer.md");
        Assert.Equal(["Present", "New"], (await BrowseAsync(scene, Repo)).Select(one => one.State.ToString()));
    }

    [Fact]
    public async Task Pages_of_a_manual_and_indexes_hide_nothing()
    {
        await using var scene = await StartAsync(hasToken: true);
        scene.Git.Commit(
            "1",
            GitChange.Write("skills/SKILL.md", Skill("template")),
            GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")),
            GitChange.Write("skills/old/skill.md", Skill("old")),
            GitChange.Write("commands/skill.md", "Write a skill.\n"),
            GitChange.Write("commands/plugin.md", "Write a plugin.\n"),
            GitChange.Write("guide/skill.md", "How to write one.\n"),
            GitChange.Write("guide/plugin.md", "How to write one.\n"),
            GitChange.Write("plugin.md", "About plugins.\n"));

        Assert.Equal(
            ["command:plugin at commands/plugin.md: New", "command:skill at commands/skill.md: New", "skill:old at skills/old: New", "skill:pdf at skills/pdf: New"],
            (await BrowseAsync(scene, Repo)).Select(Describe));
    }

    [Fact]
    public async Task A_server_or_hooks_at_the_root_of_a_plugin_hide_nothing()
    {
        await using var scene = await StartAsync(hasToken: true);
        scene.Git.Commit(
            "1",
            GitChange.Write("plugins/tools/.claude-plugin/plugin.json", "{\"name\": \"tools\"}"),
            GitChange.Write("plugins/tools/.mcp.json", "{\"mcpServers\": {}}"),
            GitChange.Write("plugins/tools/commands/run.md", "Run.\n"),
            GitChange.Write("plugins/tools/agents/helper.md", "---\nname: helper\ndescription: d\n---\n"),
            GitChange.Write("plugins/tools/pdf/SKILL.md", Skill("pdf")),
            GitChange.Write("plugins/mcp/db/.claude-plugin/plugin.json", "{\"name\": \"db\"}"),
            GitChange.Write("plugins/mcp/db/.mcp.json", "{\"mcpServers\": {}}"),
            GitChange.Write("plugins/mcp/db/commands/query.md", "Query.\n"));

        Assert.Equal(
            [
                "agent:helper at plugins/tools/agents/helper.md: New", "command:query at plugins/mcp/db/commands/query.md: New", "command:run at plugins/tools/commands/run.md: New",
                "mcp:db at plugins/mcp/db: New", "mcp:tools at plugins/tools: New", "skill:pdf at plugins/tools/pdf: New",
            ],
            (await BrowseAsync(scene, Repo)).Select(Describe).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_agents_and_commands_of_a_skill_that_is_no_plugin_are_its_own()
    {
        await using var scene = await StartAsync(hasToken: true);
        scene.Git.Commit(
            "1",
            GitChange.Write("pdf/SKILL.md", Skill("pdf")),
            GitChange.Write("pdf/agents/grader.md", "---\nname: grader\ndescription: d\n---\n"),
            GitChange.Write("pdf/commands/run.md", "Run.\n"),
            GitChange.Write("all/.claude-plugin/plugin.json", "{\"name\": \"all\"}"),
            GitChange.Write("all/SKILL.md", Skill("all")),
            GitChange.Write("all/commands/go.md", "Go.\n"));

        Assert.Equal(["command:go at all/commands/go.md: New", "skill:all at all: New", "skill:pdf at pdf: New"], (await BrowseAsync(scene, Repo)).Select(Describe).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_is_a_container_itself_is_listed_and_names_that_no_system_can_hold_are_changed()
    {
        await using var scene = await StartAsync(hasToken: true);
        var folder = Path.Combine(scene.Place, ".claude");
        Directory.CreateDirectory(Path.Combine(folder, "commands", "git"));
        Directory.CreateDirectory(Path.Combine(folder, "hooks"));
        await File.WriteAllTextAsync(Path.Combine(folder, "commands", "git", "clean.md"), "Clean.\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "hooks", "hooks.json"), "{\"hooks\": {\"Stop\": []}}", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows()) await File.WriteAllTextAsync(Path.Combine(folder, "commands", "svelte:test.md"), "Test.\n", TestContext.Current.CancellationToken);

        Assert.Equal(
            OperatingSystem.IsWindows() ? ["command:clean at git/clean.md: New"] : ["command:clean at git/clean.md: New", "command:svelte-test at svelte:test.md: New"],
            (await BrowseAsync(scene, Path.Combine(folder, "commands"))).Select(Describe).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(await BrowseAsync(scene, folder), one => one.Name.StartsWith('.'));
        Assert.Contains(await BrowseAsync(scene, Path.Combine(folder, "hooks")), one => one.Type == "hook");
    }

    [Fact]
    public async Task A_path_limits_the_list_and_a_wrong_one_gets_a_suggestion()
    {
        await using var scene = await StartAsync(hasToken: false);
        Fill(scene);

        Assert.Equal(["one", "two"], (await BrowseAsync(scene, $"{Repo}/plugins")).Select(one => one.Path.Split('/')[1]));
        Assert.Equal("skills/pdf", Assert.Single(await BrowseAsync(scene, $"{Repo}/skills/pdf")).Path);
        var error = await Assert.ThrowsAsync<SkillMeatException>(() => BrowseAsync(scene, $"{Repo}/plugin"));
        Assert.Equal(ErrorIds.UpstreamNotFound, error.ErrorId);
        Assert.Contains("Did you mean 'plugins'?", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<SkillMeatException>(() => BrowseAsync(scene, $"{Repo}@nowhere"));
        Assert.Contains("'nowhere'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [InlineData(null)]
    public async Task The_paths_that_plugins_and_marketplaces_name_are_found_and_can_be_added(bool? hasToken)
    {
        await using var scene = await StartAsync(hasToken ?? false);
        var files = new Dictionary<string, string>
        {
            [".claude-plugin/marketplace.json"] = """
                {
                  "name": "market", "metadata": { "pluginRoot": "./bundles" },
                  "plugins": [
                    { "name": "a", "source": "./a", "strict": false, "skills": ["./docs/pdf", "../../outside", "/etc"], "commands": "./cmds/" },
                    { "name": "elsewhere", "source": { "source": "github", "repo": "octo/other" }, "skills": "./x" },
                  ], // as people write it
                }
                """,
            ["bundles/a/docs/pdf/SKILL.md"] = Skill("pdf"),
            ["bundles/a/cmds/git/clean.md"] = "Clean git.",
            ["bundles/a/cmds/README.md"] = "About these.",
            ["bundles/b/.claude-plugin/plugin.json"] = """{ "name": "b", "agents": ["./people/reviewer.md"], "skills": "./more", "hooks": "./config/hooks.json", "commands": { "about": { "source": "./ABOUT.md" } } }""",
            ["bundles/b/people/reviewer.md"] = "---\nname: reviewer\ndescription: Reviews\n---\n",
            ["bundles/b/people/other.md"] = "---\nname: other\n---\n",
            ["bundles/b/more/xlsx/SKILL.md"] = Skill("xlsx"),
            ["bundles/b/config/hooks.json"] = """{ "hooks": { "Stop": [] } }""",
            ["bundles/b/ABOUT.md"] = "Tell about it.",
            ["bundles/c/.claude-plugin/plugin.json"] = "{ not json",
        };
        var source = Repo;
        if (hasToken is not null)
        {
            scene.Git.Commit("1", [.. files.Select(file => GitChange.Write(file.Key, file.Value))]);
        }
        else
        {
            source = Path.Combine(scene.Place, "folder");
            foreach (var (path, text) in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(source, path))!);
                await File.WriteAllTextAsync(Path.Combine(source, path), text, TestContext.Current.CancellationToken);
            }
        }

        var found = await BrowseAsync(scene, source);

        Assert.Equal(
            [
                "agent:reviewer at bundles/b/people/reviewer.md", "command:ABOUT at bundles/b/ABOUT.md", "command:clean at bundles/a/cmds/git/clean.md", "hook:config at bundles/b/config",
                "skill:pdf at bundles/a/docs/pdf", "skill:xlsx at bundles/b/more/xlsx",
            ],
            found.Select(one => $"{one.ArtifactId} at {one.Path}").Order(StringComparer.Ordinal));
        Assert.All(await scene.AddAsync([.. found.Select(one => one.ToAddition())]), entry => Assert.Equal((AddStatus.Added, null), (entry.Status, entry.Reason)));
        Assert.All(await BrowseAsync(scene, source), one => Assert.Equal(UpstreamArtifactState.Present, one.State));
    }

    [Fact]
    public async Task A_single_file_that_is_in_no_container_is_compared_as_what_it_is()
    {
        await using var scene = await StartAsync(hasToken: false);
        var file = Path.Combine(scene.Place, "notes", "clean.md");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "Clean.", TestContext.Current.CancellationToken);
        await scene.AddAsync(new ArtifactAddition(file) { Type = "command" });

        Assert.Equal(UpdateStatus.Unchanged, (await scene.UpdateOneAsync()).Status);
        await File.WriteAllTextAsync(file, "Clean more.", TestContext.Current.CancellationToken);
        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync()).Status);
        Assert.Equal("Clean more.", scene.Read("commands/clean.md"));
        File.Delete(file);
        Assert.Equal((UpdateStatus.Skipped, ChangeType.Deleted), (await scene.UpdateOneAsync()) is var entry ? (entry.Status, entry.ChangeType) : default);
    }

    [Fact]
    public async Task A_branch_with_slashes_is_found_in_an_address()
    {
        await using var scene = await StartAsync(hasToken: false);
        scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")));
        scene.Git.CommitTo("feature/new", "2", [GitChange.Write("skills/pdf/SKILL.md", Skill("pdf", "new"))]);

        var found = Assert.Single(await BrowseAsync(scene, $"{scene.Environment("GITHUB_SERVER_URL")}/{Repo}/tree/feature/new/skills"));

        Assert.Equal(("skills/pdf", "feature/new"), (found.Path, found.Ref));
        Assert.Equal(AddStatus.Added, Assert.Single(await scene.AddAsync(found.ToAddition())).Status);
        Assert.Equal(found with { State = UpstreamArtifactState.Present }, Assert.Single(await BrowseAsync(scene, $"{Repo}/tree/feature/new/skills")));
        Assert.Equal(AddStatus.Unchanged, Assert.Single(await scene.AddAsync($"{Repo}/tree/feature/new/skills/pdf")).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_host_a_folder_called_tree_is_found_and_a_wrong_ref_is_named(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit("1", GitChange.Write("tree/skills/pdf/SKILL.md", Skill("pdf")));

        var found = Assert.Single(await BrowseAsync(scene, $"{Repo}/tree/skills"));

        Assert.Equal(("tree/skills/pdf", null), (found.Path, found.Ref));
        Assert.Equal(AddStatus.Added, Assert.Single(await scene.AddAsync(found.ToAddition())).Status);
        Assert.Equal(AddStatus.Unchanged, Assert.Single(await scene.AddAsync($"{Repo}/tree/skills/pdf")).Status);
        var error = await Assert.ThrowsAsync<SkillMeatException>(() => BrowseAsync(scene, $"{Repo}/tree/nowhere/skills"));
        Assert.Contains("has no tag, branch or commit 'nowhere'", error.Message, StringComparison.Ordinal);
        Assert.Contains("has no tag, branch or commit 'nowhere'", Assert.Single(await scene.AddAsync($"{Repo}/tree/nowhere/skills")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_artifact_that_is_there_under_another_name_is_unchanged_whichever_way_it_is_named()
    {
        await using var scene = await StartAsync(hasToken: false);
        var first = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")));
        scene.Git.Tag("v1", first);
        await scene.AddAsync(new ArtifactAddition($"{Repo}/skills/pdf") { Name = "mine" });

        foreach (var spec in new[] { $"{Repo}/skills/pdf", $"{Repo}/skills/pdf/SKILL.md", $"{Repo.ToUpperInvariant()}/skills/pdf", $"{Repo}/skills/pdf@latest" })
        {
            var entry = Assert.Single(await scene.AddAsync(new ArtifactAddition(spec)));
            Assert.Equal((AddStatus.Unchanged, "skill:mine"), (entry.Status, entry.ArtifactId));
        }

        // Another version, or an explicit name, is wanted beside it.
        Assert.Equal(["skill:pdf", "skill:second"], (await scene.AddAsync(new ArtifactAddition($"{Repo}/skills/pdf@v1"), new ArtifactAddition($"{Repo}/skills/pdf") { Name = "second" })).Select(entry => entry.ArtifactId));
        Assert.Equal("skill:pdf", Assert.Single(await scene.AddAsync(new ArtifactAddition($"{Repo}/skills/pdf@v1"))).ArtifactId);
    }

    [Fact]
    public async Task A_wrong_path_is_answered_with_the_right_one()
    {
        await using var scene = await StartAsync(hasToken: false);
        Fill(scene);

        Assert.EndsWith("octo/skills. Did you mean 'skills/xlsx'?", await ReasonAsync($"{Repo}/xlsx"), StringComparison.Ordinal);
        Assert.EndsWith("Did you mean 'skills/pdf'?", await ReasonAsync($"{Repo}/skills/pdff"), StringComparison.Ordinal);
        Assert.EndsWith("Did you mean 'agents/reviewer.md'?", await ReasonAsync($"{Repo}/agents/reviewr.md"), StringComparison.Ordinal);
        Assert.DoesNotContain("Did you mean", await ReasonAsync($"{Repo}/something/entirely/different"), StringComparison.Ordinal);

        async Task<string?> ReasonAsync(string spec) => Assert.Single(await scene.AddAsync(new ArtifactAddition(spec))).Reason;
    }

    private static void Fill(UpdateScene scene) => scene.Git.Commit(
        "1",
        GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")),
        // It belongs to the skill, and is no agent of its own.
        GitChange.Write("skills/pdf/agents/helper.md", "---\nname: helper\n---\n"),
        GitChange.Write("skills/xlsx/SKILL.md", Skill("xlsx")),
        GitChange.Write("plugins/one/skills/pdf/SKILL.md", Skill("pdf", "one")),
        GitChange.Write("plugins/two/skills/pdf/SKILL.md", Skill("pdf", "two")),
        GitChange.Write("commands/git/clean.md", "Clean git."),
        GitChange.Write("commands/docs/clean.md", "Clean docs."),
        GitChange.Write("commands/README.md", "About these commands."),
        GitChange.Write("agents/reviewer.md", "---\nname: reviewer\ndescription: Reviews\n---\n"),
        GitChange.Write("agents/notes.md", "No front matter, so no agent."),
        // Mirrors for another agent, a link, and documentation.
        GitChange.Write(".codex/skills/pdf/SKILL.md", Skill("pdf", "codex")),
        GitChange.Symlink("mirror", "skills"),
        GitChange.Write("docs/commands/how-to.md", "Write a command like this."));

    private static BrowseRequest RequestOf(UpdateScene scene, string source) => new() { Sources = [source], BaseFolder = scene.Place };

    private static string Describe(UpstreamArtifact one) => $"{one.ArtifactId} at {one.Path}: {one.State}";

    private static async Task<IReadOnlyList<UpstreamArtifact>> BrowseAsync(UpdateScene scene, string source)
    {
        var store = scene.Open();
        using var session = scene.Connect(store);
        return await new ArtifactBrowser(store, session).BrowseAsync(RequestOf(scene, source), TestContext.Current.CancellationToken);
    }
}
