using SkillMeat.Browsing;
using SkillMeat.Tests.LoopbackGitHub;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Browsing;

/// <summary>Each artifact of a repository is listed once, at its best place, whatever the layout.</summary>
public sealed class BrowsedPlaceTests
{
    private const string Agent = "---\nname: reviewer\n---\n";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Copies_for_agents_are_not_listed_beside_the_plain_place(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit(
            "1",
            GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")),
            GitChange.Write(".claude/skills/pdf/SKILL.md", Skill("pdf")),
            GitChange.Write(".agents/skills/pdf/SKILL.md", Skill("pdf")),
            GitChange.Symlink(".claude/skills/linked", "../../skills/pdf"),
            GitChange.Write(".claude/skills/xlsx/SKILL.md", Skill("xlsx")),
            GitChange.Write(".agents/skills/xlsx/SKILL.md", Skill("xlsx")),
            GitChange.Write(".agents/skills/csv/SKILL.md", Skill("csv")),
            GitChange.Write("plugins/one/skills/same/SKILL.md", Skill("same")),
            GitChange.Write("plugins/two/skills/same/SKILL.md", Skill("same")));

        Assert.Equal(
            [
                "skill:csv at .agents/skills/csv: New", "skill:one-same at plugins/one/skills/same: New", "skill:pdf at skills/pdf: New", "skill:two-same at plugins/two/skills/same: New",
                "skill:xlsx at .claude/skills/xlsx: New",
            ],
            await Browsed.DescribeAsync(scene, Repo));
        Assert.Equal(["skill:csv at .agents/skills/csv: New", "skill:pdf at .agents/skills/pdf: New", "skill:xlsx at .agents/skills/xlsx: New"], await Browsed.DescribeAsync(scene, $"{Repo}/.agents"));
        await scene.AddAsync($"{Repo}/.claude/skills/pdf");
        var found = await Browsed.DescribeAsync(scene, Repo);
        Assert.Contains("skill:pdf at .claude/skills/pdf: Present", found);
        Assert.DoesNotContain(found, one => one.Contains("pdf: New", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_is_listed_as_the_repository_that_it_is_the_work_tree_of()
    {
        await using var scene = await StartAsync();
        GitChange[] changes =
        [
            GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")), GitChange.Write("skills/pdf/run.sh", "run"), GitChange.Write(".claude/skills/pdf/SKILL.md", Skill("pdf")), GitChange.Write(".claude/skills/pdf/run.sh", "run"),
            // Other content of the same size, another file, and another name.
            GitChange.Write("skills/csv/SKILL.md", Skill("csv", "1")), GitChange.Write(".claude/skills/csv/SKILL.md", Skill("csv", "2")),
            GitChange.Write("skills/doc/SKILL.md", Skill("doc")), GitChange.Write(".claude/skills/doc/SKILL.md", Skill("doc")), GitChange.Write(".claude/skills/doc/more.md", "More."),
            GitChange.Write("skills/ppt/SKILL.md", Skill("ppt")), GitChange.Write(".agents/skills/slides/SKILL.md", Skill("ppt")), GitChange.Write(".cursor/skills/ppt/SKILL.md", Skill("ppt")),
            GitChange.Write("agents/reviewer.md", Agent), GitChange.Write(".claude/agents/reviewer.md", Agent), GitChange.Symlink(".claude/agents/linked.md", "../../agents/reviewer.md"),
            GitChange.Write(".claude/commands/clean.md", "Clean."), GitChange.Write(".agents/commands/clean.md", "Clean."), GitChange.Write(".claude/commands/git/clean.md", "Clean."),
            GitChange.Write(".agents/skills/one/SKILL.md", Skill("one")), GitChange.Write(".agents/more/skills/one/SKILL.md", Skill("one")),
            GitChange.Write("plugins/one/skills/same/SKILL.md", Skill("same")), GitChange.Write("plugins/two/skills/same/SKILL.md", Skill("same")),
        ];
        scene.Git.Commit("1", changes);
        var folder = Path.Combine(scene.Place, "skills");
        scene.Git.Git("clone", "--quiet", scene.Git.GitDirectory, folder);
        // Tools leave files in a work tree that no repository has.
        Directory.CreateDirectory(Path.Combine(folder, "skills/pdf/__pycache__"));
        await File.WriteAllTextAsync(Path.Combine(folder, "skills/pdf/__pycache__/run.pyc"), "", TestContext.Current.CancellationToken);

        var listed = await Browsed.DescribeAsync(scene, Repo);
        Assert.Equal(["skills/csv", ".claude/skills/csv"], new[] { "skills/csv", ".claude/skills/csv" }.Where(path => listed.Any(one => one.EndsWith($" {path}: New", StringComparison.Ordinal))));
        Assert.DoesNotContain(listed, one => one.Contains(".claude/skills/pdf", StringComparison.Ordinal) || one.Contains("linked", StringComparison.Ordinal) || one.Contains("slides", StringComparison.Ordinal));
        Assert.Equal(listed, await Browsed.DescribeAsync(scene, folder));
        await scene.AddAsync(Path.Combine(folder, ".claude/skills/pdf"));
        var found = await Browsed.DescribeAsync(scene, folder);
        Assert.Contains("skill:pdf at .claude/skills/pdf: Present", found);
        Assert.DoesNotContain(found, one => one.Contains("pdf: New", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Places_that_are_usually_left_out_are_listed_where_nothing_else_is()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit(
            "1",
            GitChange.Write(".github/skills/pdf/SKILL.md", Skill("pdf")),
            GitChange.Write(".github/agents/reviewer.md", Agent),
            GitChange.Write("docs/skills/xlsx/SKILL.md", Skill("xlsx")),
            GitChange.Write("docs/commands/how-to.md", "How to write one."),
            GitChange.Write("test/csv/SKILL.md", Skill("csv")),
            GitChange.Write("node_modules/other/skills/doc/SKILL.md", Skill("doc")));

        Assert.Equal(
            ["agent:reviewer at .github/agents/reviewer.md: New", "skill:csv at test/csv: New", "skill:pdf at .github/skills/pdf: New", "skill:xlsx at docs/skills/xlsx: New"], await Browsed.DescribeAsync(scene, Repo));
        scene.Git.Commit("2", GitChange.Write("skills/real/SKILL.md", Skill("real")));
        Assert.Equal(["skill:real at skills/real: New"], await Browsed.DescribeAsync(scene, Repo));
    }

    [Fact]
    public async Task Containers_are_found_in_any_letters_and_a_skill_can_be_called_as_one()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit(
            "1",
            GitChange.Write("Agents/reviewer.md", Agent),
            GitChange.Write("Commands/git/clean.md", "Clean."),
            GitChange.Write("Hooks/hooks.json", "{\"hooks\": {}}"),
            GitChange.Write("Skills/pdf/skill.md", Skill("pdf")),
            GitChange.Write("skills/hooks/SKILL.md", Skill("hooks")));

        var found = await Browsed.ListAsync(scene, Repo);

        Assert.Equal(
            ["agent:reviewer at Agents/reviewer.md", "command:clean at Commands/git/clean.md", "hook:skills at Hooks", "skill:hooks at skills/hooks", "skill:pdf at Skills/pdf"],
            found.Select(one => $"{one.ArtifactId} at {one.Path}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("mcpServers", ".mcp.json", "{\"mcpServers\": {\"a\": {\"command\": \"${CLAUDE_PLUGIN_ROOT}/a\"}}}", "mcp")]
    [InlineData("hooks", "hooks.json", "{\"hooks\": {\"Stop\": [\"${CLAUDE_PLUGIN_ROOT}/a\"]}}", "hook")]
    public async Task A_server_or_hooks_that_need_the_root_are_not_listed_beside_other_artifacts(string key, string file, string text, string type)
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write(".claude-plugin/plugin.json", $"{{\"name\": \"all\", \"{key}\": \"./{file}\"}}"), GitChange.Write(file, text));
        Assert.Equal([$"{type}:skills at : New"], await Browsed.DescribeAsync(scene, Repo));

        scene.Git.Commit("2", GitChange.Write("skills/pdf/SKILL.md", Skill("pdf")));

        Assert.Equal(["skill:pdf at skills/pdf: New"], await Browsed.DescribeAsync(scene, Repo));
    }

    [Fact]
    public async Task A_folder_that_ends_with_git_is_another_one()
    {
        await using var scene = await StartAsync();
        var folder = Path.Combine(scene.Place, "from");
        foreach (var name in new[] { "foo", "foo.git" })
        {
            Directory.CreateDirectory(Path.Combine(folder, "skills", name));
            await File.WriteAllTextAsync(Path.Combine(folder, "skills", name, "SKILL.md"), Skill(name), TestContext.Current.CancellationToken);
        }

        Assert.Equal(["skills/foo", "skills/foo.git"], (await Browsed.ListAsync(scene, folder)).Select(one => one.Path));
    }

    [Fact]
    public void The_root_of_a_drive_is_listed_with_whole_names_and_a_backslash_is_part_of_a_name()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is one root, and names can have a backslash, on Linux and macOS only.");
        var folder = Directory.CreateTempSubdirectory("skm-root-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "a\\b.md"), "");

            var path = folder.TrimStart('/');
            var files = FolderList.Read("/", path, TestContext.Current.CancellationToken);

            Assert.Equal([path, $"{path}/a\\b.md"], files.Items.Select(item => item.Path));
            Assert.Equal(["a\\b.md"], FolderList.Read(folder, "", TestContext.Current.CancellationToken).Items.Select(item => item.Path));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
