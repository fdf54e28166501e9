using SkillMeat.Additions;
using SkillMeat.Errors;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Updates;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Updates;

/// <summary>Addresses as people copy them from a browser or type them.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("URL/tree/feature/x/skills/a", "feature/x", "new")]
    [InlineData("URL/blob/feature/x/skills/a/SKILL.md", "feature/x", "new")]
    [InlineData("URL/blob/main/skills/a/SKILL.md", "main", "old")]
    [InlineData("URL.git/skills/a", "latest", "old")]
    [InlineData("REPO/skills/a#feature/x", "feature/x", "new")]
    [InlineData("REPO/skills/a@feature/x", "feature/x", "new")]
    [InlineData("REPO/skills/a/SKILL.md", "latest", "old")]
    [InlineData("REPO.git/skills/a", "latest", "old")]
    [InlineData("REPO@a", "latest", "old")]
    public async Task The_branch_and_the_folder_are_found(string address, string follows, string body)
    {
        foreach (var hasToken in new[] { true, false })
        {
            await using var scene = await StartAsync(hasToken);
            scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a", "old")), GitChange.Write("x/skills/a/SKILL.md", Skill("a", "wrong")));
            scene.Git.Commit("2", GitChange.Delete("x"));
            scene.Git.Branch("feature/x");
            scene.Git.CommitTo("feature/x", "3", [GitChange.Write("skills/a/SKILL.md", Skill("a", "new"))]);

            var added = Assert.Single(await scene.AddAsync(address.Replace("URL", $"{scene.Server.ServerUrl}/{Repo}", StringComparison.Ordinal).Replace("REPO", Repo, StringComparison.Ordinal)));

            Assert.Equal((AddStatus.Added, "skill:a"), (added.Status, added.ArtifactId));
            Assert.Equal(Skill("a", body), scene.Read("skills/a/SKILL.md"));
            Assert.Contains($"version_spec = \"{follows}\"", scene.Read("collection.toml"), StringComparison.Ordinal);
            Assert.Equal(UpdateStatus.Unchanged, (await scene.UpdateOneAsync()).Status);
        }
    }

    [Theory]
    [InlineData("REPO@none")]
    [InlineData("REPO@twin")]
    [InlineData("REPO/skills/a#none")]
    public async Task A_name_that_is_neither_a_ref_nor_one_skill_is_told_so(string address)
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", GitChange.Write("skills/a/SKILL.md", Skill("a")), GitChange.Write("p/twin/SKILL.md", Skill("twin")), GitChange.Write("q/twin/SKILL.md", Skill("twin")));
        var added = Assert.Single(await scene.AddAsync(address.Replace("REPO", Repo, StringComparison.Ordinal)));
        Assert.Equal((AddStatus.Error, ErrorIds.UpstreamNotFound), (added.Status, added.ErrorId));
        Assert.Contains("has no tag, branch or commit", added.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nested_commands_get_the_names_of_their_folders_where_the_short_one_is_taken(bool isFolder)
    {
        await using var scene = await StartAsync();
        (string Path, string Text)[] files =
        [
            ("commands/git/clean.md", "---\ndescription: cleans\n---\nclean\n"),
            ("commands/docs/clean.md", "---\ndescription: cleans docs\n---\nclean\n"),
            ("agents/git/clean.md", "---\nname: clean\n---\nagent\n"),
        ];
        scene.Git.Commit("1", [.. files.Select(file => GitChange.Write(file.Path, file.Text))]);
        foreach (var (path, text) in files) Write(scene, path, text);
        string From(string path) => isFolder ? Path.Combine(scene.Place, "from", path) : $"{Repo}/{path}";

        var added = await scene.AddAsync(From(files[0].Path), From(files[1].Path), From(files[2].Path));

        Assert.Equal(["command:clean", "command:docs-clean", "agent:clean"], added.Select(entry => entry.ArtifactId));
        scene.Git.Commit("2", GitChange.Write(files[0].Path, files[0].Text + "more\n"), GitChange.Delete(files[1].Path));
        Write(scene, files[0].Path, files[0].Text + "more\n");
        File.Delete(Path.Combine(scene.Place, "from", files[1].Path));
        var updated = (await scene.UpdateAsync()).Entries.ToDictionary(entry => entry.ArtifactId, entry => entry.Status);
        Assert.Equal((UpdateStatus.Updated, UpdateStatus.Skipped, UpdateStatus.Unchanged), (updated["command:clean"], updated["command:docs-clean"], updated["agent:clean"]));
        Assert.EndsWith("more\n", scene.Read("commands/clean.md"), StringComparison.Ordinal);
        Assert.Equal(AddStatus.Unchanged, Assert.Single(await scene.AddAsync(From(files[0].Path))).Status);
    }

    private static void Write(UpdateScene scene, string path, string text)
    {
        var file = Path.Combine(scene.Place, "from", path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
