using SkillMeat.Additions;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Updates;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Updates;

/// <summary>All files that a repository has come, and links are replaced by what they lead to.</summary>
public sealed class PublishedFilesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_targets_of_links_are_kept_current(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit(
            "1",
            GitChange.Write("skills/a/SKILL.md", Skill("a")),
            GitChange.Write("shared/ref.md", "shared\n"),
            GitChange.Symlink("skills/a/ref.md", "../../shared/ref.md"),
            GitChange.Symlink("skills/a/all", "../../shared"),
            GitChange.Symlink("skills/a/broken.md", "/nowhere/at/all"),
            GitChange.Symlink("skills/b", "../elsewhere/b"),
            GitChange.Write("elsewhere/b/SKILL.md", Skill("b")));

        var added = await scene.AddAsync($"{Repo}/skills/a", $"{Repo}/skills/b");

        Assert.All(added, entry => Assert.Equal(AddStatus.Added, entry.Status));
        Assert.Contains("broken.md", Assert.Single(added[0].Warnings), StringComparison.Ordinal);
        Assert.Equal(("shared\n", "shared\n"), (scene.Read("skills/a/ref.md"), scene.Read("skills/a/all/ref.md")));
        Assert.Null(new FileInfo(scene.At("skills/a/ref.md")).LinkTarget);
        Assert.All((await scene.UpdateAsync()).Entries, entry => Assert.Equal(UpdateStatus.Unchanged, entry.Status));
        scene.Git.Commit("2", GitChange.Write("shared/ref.md", "shared\nmore\n"));

        var result = await scene.UpdateAsync();

        Assert.Equal([UpdateStatus.Updated, UpdateStatus.Unchanged], result.Entries.Select(entry => entry.Status));
        Assert.Equal(("shared\nmore\n", "shared\nmore\n"), (scene.Read("skills/a/ref.md"), scene.Read("skills/a/all/ref.md")));
        scene.Git.Commit("3", GitChange.Write("elsewhere/b/SKILL.md", Skill("b", "3")), GitChange.Delete("skills/a/all"), GitChange.Delete("skills/a/ref.md"), GitChange.Write("skills/a/ref.md", "own"));
        Assert.All((await scene.UpdateAsync()).Entries, entry => Assert.Equal(UpdateStatus.Updated, entry.Status));
        Assert.Equal((Skill("b", "3"), "own"), (scene.Read("skills/b/SKILL.md"), scene.Read("skills/a/ref.md")));
        scene.Git.Commit("4", GitChange.Write("shared/ref.md", "nobody's any more"));
        Assert.All((await scene.UpdateAsync()).Entries, entry => Assert.Equal(UpdateStatus.Unchanged, entry.Status));
        scene.AssertConsistent();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Links_that_are_left_out_make_no_update(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit(
            "1",
            GitChange.Write("skills/a/SKILL.md", Skill("a")),
            GitChange.Symlink("skills/a/root", "../.."),
            GitChange.Symlink("skills/a/all", "../../skills"),
            GitChange.Symlink("skills/a/away", "/etc/passwd"),
            GitChange.Symlink("skills/a/later.md", "../../shared/later.md"),
            GitChange.Symlink("skills/a/module", "../../module"),
            GitChange.Submodule("module", new string('1', 40)),
            GitChange.Write("other.md", "1"));
        await scene.AddAsync($"{Repo}/skills/a");
        Assert.Equal(UpdateStatus.Unchanged, (await scene.UpdateOneAsync()).Status);
        scene.Git.Commit("2", GitChange.Write("other.md", "2"), GitChange.Write("skills/b/SKILL.md", Skill("b")), GitChange.Submodule("module", new string('2', 40)));

        Assert.Equal(UpdateStatus.Unchanged, (await scene.UpdateOneAsync()).Status);

        scene.Git.Commit("3", GitChange.Write("shared/later.md", "later"));
        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync()).Status);
        Assert.Equal("later", scene.Read("skills/a/later.md"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dotfiles_and_what_attributes_keep_out_of_archives_come(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit(
            "1",
            GitChange.Write(".gitattributes", "skills/a/tests.md export-ignore\nskills/a/version.txt export-subst\n"),
            GitChange.Write("skills/a/SKILL.md", Skill("a")),
            GitChange.Write("skills/a/tests.md", "secret of the archive\n"),
            GitChange.Write("skills/a/version.txt", "$Format:%H$\n"),
            GitChange.Write("skills/a/assets/.gitignore", "*.log\n"),
            GitChange.Write("skills/a/.github/workflows/ci.yml", "on: push\n"),
            GitChange.Write("skills/a/venv/x", "tracked\n"));

        await scene.AddAsync($"{Repo}/skills/a");

        Assert.Equal("*.log\n", scene.Read("skills/a/assets/.gitignore"));
        Assert.Equal("on: push\n", scene.Read("skills/a/.github/workflows/ci.yml"));
        Assert.Equal("tracked\n", scene.Read("skills/a/venv/x"));
        Assert.Equal(("secret of the archive\n", "$Format:%H$\n"), (scene.Read("skills/a/tests.md"), scene.Read("skills/a/version.txt")));
        scene.Git.Commit("2", GitChange.Write("skills/a/assets/.gitignore", "*.log\n*.tmp\n"), GitChange.Write("skills/a/tests.md", "secret of the archive\nmore\n"));
        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync()).Status);
        Assert.Equal(("*.log\n*.tmp\n", "secret of the archive\nmore\n"), (scene.Read("skills/a/assets/.gitignore"), scene.Read("skills/a/tests.md")));
    }

    [Fact]
    public async Task Files_that_tools_make_in_a_folder_are_left_out_and_no_update()
    {
        await using var scene = await StartAsync();
        var folder = Path.Combine(scene.Place, "from", "skills", "a");
        Directory.CreateDirectory(Path.Combine(folder, "node_modules", "x"));
        await File.WriteAllTextAsync(Path.Combine(folder, "SKILL.md"), Skill("a"), Cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, ".gitignore"), "x", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "node_modules", "x", "y.js"), "y", Cancellation);

        var added = Assert.Single(await scene.AddAsync(folder));

        Assert.Equal(["Left out, because tools make it: node_modules."], added.Warnings);
        Assert.Equal("x", scene.Read("skills/a/.gitignore"));
        Assert.False(Directory.Exists(scene.At("skills/a/node_modules")));
        await File.WriteAllTextAsync(Path.Combine(folder, "node_modules", "x", "y.js"), "changed", Cancellation);
        Directory.CreateDirectory(Path.Combine(folder, "__pycache__"));
        await File.WriteAllTextAsync(Path.Combine(folder, "__pycache__", "z.pyc"), "z", Cancellation);
        Assert.Equal(UpdateStatus.Unchanged, (await scene.UpdateOneAsync()).Status);
        await File.WriteAllTextAsync(Path.Combine(folder, ".gitignore"), "y", Cancellation);
        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync()).Status);
    }

    [Fact]
    public async Task A_file_with_other_line_endings_is_not_edited()
    {
        await using var scene = await StartAsync();
        var text = Skill("a", Lines([.. Enumerable.Range(1, 40).Select(i => $"{i}. A line of the skill.")]));
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", text), GitChange.Write("skills/a/old.md", "1\n2\n"));
        await scene.AddAsync($"{Repo}/skills/a");
        scene.Write("skills/a/SKILL.md", text.ReplaceLineEndings("\r\n"));
        scene.Write("skills/a/old.md", "1\r\n2\r\n");
        var changed = text.Replace("20. A line", "20. A changed line", StringComparison.Ordinal);
        scene.Git.Commit("2", GitChange.Write("skills/a/SKILL.md", changed), GitChange.Delete("skills/a/old.md"));

        var entry = await scene.UpdateOneAsync();

        Assert.Empty(entry.Conflicts);
        Assert.Equal(changed.ReplaceLineEndings("\r\n"), scene.Read("skills/a/SKILL.md"));
        Assert.False(File.Exists(scene.At("skills/a/old.md")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_hooks_of_a_plugin_are_called_as_the_plugin(bool isFolder)
    {
        const string Hooks = "{\"hooks\":{\"PreToolUse\":[{\"matcher\":\"Bash\",\"hooks\":[{\"type\":\"command\",\"command\":\"${CLAUDE_PLUGIN_ROOT}/hooks/guard.sh\"}]}]}}";
        await using var scene = await StartAsync();
        scene.Git.Commit(
            "1",
            GitChange.Write("plugins/guard/.claude-plugin/plugin.json", "{\"name\":\"guard\"}"), GitChange.Write("plugins/guard/hooks/hooks.json", Hooks),
            GitChange.Write("plugins/guard/hooks/guard.sh", "#!/bin/sh\nexit 0\n", executable: true));
        var folder = Path.Combine(scene.Place, "from", "plugins", "guard", "hooks");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "hooks.json"), Hooks, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "guard.sh"), "#!/bin/sh\nexit 0\n", Cancellation);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(folder, "guard.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var added = Assert.Single(await scene.AddAsync(isFolder ? folder : $"{Repo}/plugins/guard/hooks"));

        Assert.Equal((AddStatus.Added, "hook:guard", "hooks/guard"), (added.Status, added.ArtifactId, added.Path));
        if (!OperatingSystem.IsWindows()) Assert.True(File.GetUnixFileMode(scene.At("hooks/guard/guard.sh")).HasFlag(UnixFileMode.UserExecute));
        scene.Git.Commit("2", GitChange.Write("plugins/guard/hooks/guard.sh", "#!/bin/sh\nexit 0\n# more\n", executable: true));
        await File.AppendAllTextAsync(Path.Combine(folder, "guard.sh"), "# more\n", Cancellation);
        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync()).Status);
        Assert.EndsWith("# more\n", scene.Read("hooks/guard/guard.sh"), StringComparison.Ordinal);
    }
}
