using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Updates;
using Xunit;

using static SkillMeat.Tests.Updates.UpdateScene;

namespace SkillMeat.Tests.Updates;

/// <summary>Updates of skills that moved upstream, or were deleted while something like them is there.</summary>
public sealed class MoveUpdateTests
{
    private static readonly string _body = string.Concat(Enumerable.Range(1, 40).Select(i => $"{i}. A line of the skill.\n"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_skill_that_became_a_plugin_is_followed_into_it(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit("1", GitChange.Write("team/a/SKILL.md", Skill("a", _body)), GitChange.Write("team/a/ref.md", "ref"));
        await scene.AddAsync($"{Repo}/team/a");
        scene.Git.Commit(
            "2",
            GitChange.Delete("team/a/ref.md"), GitChange.Delete("team/a/SKILL.md"), GitChange.Write("team/a/skills/a/ref.md", "ref"),
            GitChange.Write("team/a/skills/a/SKILL.md", Skill("a", _body)), GitChange.Write("team/a/.claude-plugin/plugin.json", "{\"name\":\"a\"}"));

        var entry = await scene.UpdateOneAsync();

        Assert.Equal((UpdateStatus.Updated, ChangeType.Moved), (entry.Status, entry.ChangeType));
        Assert.Contains("/team/a/skills/a\"", scene.Read("collection.toml"), StringComparison.Ordinal);
        Assert.Equal("ref", scene.Read("skills/a/ref.md"));
        scene.Git.Commit("3", GitChange.Write("team/a/skills/a/ref.md", "new"));
        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync()).Status);
        Assert.Equal("new", scene.Read("skills/a/ref.md"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_local_changes_when_it_was_deleted(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit(
            "1",
            GitChange.Write("team/a/SKILL.md", Skill("a", _body)), GitChange.Write("team/b/SKILL.md", Skill("b", _body)), GitChange.Write("team/b/ref.md", "ref"),
            GitChange.Write("other/a/SKILL.md", Skill("a", "somebody else's")));
        await scene.AddAsync($"{Repo}/team/a", $"{Repo}/team/b");
        scene.Git.Commit("2", GitChange.Delete("team/a"), GitChange.Delete("team/b/SKILL.md"));
        var before = scene.Describe();

        var result = await scene.UpdateAsync();

        Assert.All(result.Entries, entry => Assert.Equal((UpdateStatus.Skipped, ChangeType.Deleted), (entry.Status, entry.ChangeType)));
        Assert.Equal(before, scene.Describe());
    }

    [Fact]
    public async Task A_skill_that_was_always_beside_one_that_its_folder_lost_is_no_new_place_of_it()
    {
        await using var scene = await StartAsync();
        var folder = Path.Combine(scene.Place, "from");
        foreach (var (name, body) in new[] { ("a", _body), ("b", _body + "A sibling.\n") }) await WriteAsync(Path.Combine(folder, "skills", name, "SKILL.md"), Skill(name, body));
        await scene.AddAsync(Path.Combine(folder, "skills", "a"));
        Directory.Delete(Path.Combine(folder, "skills", "a"), recursive: true);
        var before = scene.Describe();

        var entry = await scene.UpdateOneAsync();

        Assert.Equal((UpdateStatus.Skipped, ChangeType.Deleted), (entry.Status, entry.ChangeType));
        Assert.Equal(before, scene.Describe());
    }

    [Fact]
    public async Task A_skill_is_followed_to_another_container_of_its_folder()
    {
        await using var scene = await StartAsync();
        var folder = Path.Combine(scene.Place, "from");
        await WriteAsync(Path.Combine(folder, "skills", "a", "SKILL.md"), Skill("a", _body));
        await scene.AddAsync(Path.Combine(folder, "skills", "a"));
        Directory.Move(Path.Combine(folder, "skills", "a"), Path.Combine(folder, "skills", "z"));

        var entry = await scene.UpdateOneAsync();

        Assert.Equal((UpdateStatus.Updated, ChangeType.Moved), (entry.Status, entry.ChangeType));
    }

    [Theory]
    [InlineData(true, "team/a", "../shared/a")]
    [InlineData(false, "team/a", "../shared/a")]
    [InlineData(true, "team", "shared")]
    [InlineData(false, "team", "shared")]
    public async Task A_folder_that_became_a_link_is_what_the_link_leads_to(bool hasToken, string link, string target)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit("1", GitChange.Write("team/a/SKILL.md", Skill("a", _body)), GitChange.Write("shared/a/SKILL.md", Skill("a", _body)), GitChange.Write("other/x", "x"));
        await scene.AddAsync($"{Repo}/team/a");
        scene.Git.Commit("2", GitChange.Delete(link), GitChange.Symlink(link, target), GitChange.Write("shared/a/SKILL.md", Skill("a", _body + "more\n")));

        var entry = await scene.UpdateOneAsync(new UpdateRequest { RemoveDeleted = true });

        Assert.Equal((UpdateStatus.Updated, ChangeType.Updated), (entry.Status, entry.ChangeType));
        Assert.Equal(Skill("a", _body + "more\n"), scene.Read("skills/a/SKILL.md"));
        scene.Git.Commit("3", GitChange.Write("other/x", "y"));
        Assert.Equal(UpdateStatus.Unchanged, (await scene.UpdateOneAsync(new UpdateRequest { RemoveDeleted = true })).Status);
        scene.Git.Commit("4", GitChange.Write("shared/a/SKILL.md", Skill("a", _body + "still more\n")));
        Assert.Equal(UpdateStatus.Updated, (await scene.UpdateOneAsync(new UpdateRequest { RemoveDeleted = true })).Status);
        Assert.Equal(Skill("a", _body + "still more\n"), scene.Read("skills/a/SKILL.md"));
        scene.Git.Commit("5", GitChange.Delete("shared"));
        Assert.Equal(UpdateStatus.Error, (await scene.UpdateOneAsync(new UpdateRequest { RemoveDeleted = true })).Status);
        Assert.Equal(Skill("a", _body + "still more\n"), scene.Read("skills/a/SKILL.md"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_skill_whose_file_is_written_in_other_letters_is_updated(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        scene.Git.Commit("1", GitChange.Write("team/a/SKILL.md", Skill("a", _body)), GitChange.Write("team/a/ref.md", "ref"));
        await scene.AddAsync($"{Repo}/team/a");
        scene.Git.Commit("2", GitChange.Move("team/a/SKILL.md", "team/a/skill.md"));

        var entry = await scene.UpdateOneAsync(new UpdateRequest { RemoveDeleted = true });

        Assert.Equal((UpdateStatus.Updated, ChangeType.Updated), (entry.Status, entry.ChangeType));
        Assert.True(File.Exists(scene.At("skills/a/skill.md")));
    }

    [Fact]
    public async Task Many_updates_cost_no_lookup_of_the_files_that_describe_them()
    {
        await using var scene = await StartAsync();
        scene.Git.Commit("1", [.. Enumerable.Range(0, 60).Select(i => GitChange.Write($"skills/s{i}/SKILL.md", Skill($"s{i}", _body)))]);
        await scene.AddAsync([.. Enumerable.Range(0, 60).Select(i => $"{Repo}/skills/s{i}")]);
        scene.Git.Commit("2", [.. Enumerable.Range(0, 60).Select(i => GitChange.Write($"skills/s{i}/ref.md", "ref"))]);
        scene.Server.Log.Clear();

        Assert.All((await scene.UpdateAsync()).Entries, entry => Assert.Equal(UpdateStatus.Updated, entry.Status));

        var queries = scene.Server.Log.Records.Where(record => record.Kind == RequestKind.GraphQl).ToList();
        Assert.InRange(queries.Count, 1, 2);
        Assert.InRange(queries.Sum(query => query.Lookups!.Value), 1, 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Many_skills_that_moved_in_one_commit_all_move(bool hasToken)
    {
        await using var scene = await StartAsync(hasToken);
        var names = Enumerable.Range(0, 46).Select(i => $"s{i:00}").ToList();
        scene.Git.Commit("1", [.. names.Select(name => GitChange.Write($"skills/{name}/SKILL.md", Skill(name, Own(name))))]);
        await scene.AddAsync([.. names.Select(name => $"{Repo}/skills/{name}")]);
        // Most are edited too, and each plugin mirrors its skills for another agent.
        scene.Git.Commit("2", [GitChange.Delete("skills"), .. names.SelectMany((name, i) => (GitChange[])
        [
            GitChange.Write($"plugins/p{i % 7}/skills/{name}/SKILL.md", Skill(name, Own(name) + (i % 3 == 0 ? "" : "an edit\n"))),
            GitChange.Write($"plugins/p{i % 7}/.gemini/skills/{name}/SKILL.md", Skill(name, Own(name))),
        ])]);

        var result = await scene.UpdateAsync();

        Assert.All(result.Entries, entry => Assert.Equal((UpdateStatus.Updated, ChangeType.Moved), (entry.Status, entry.ChangeType)));
        var addresses = CollectionStore.Open(scene.Home).Read("default").Artifacts.ToDictionary(artifact => artifact.Name, artifact => artifact.Upstream!);
        Assert.All(names, name => Assert.EndsWith($"/plugins/p{names.IndexOf(name) % 7}/skills/{name}", addresses[name], StringComparison.Ordinal));
        Assert.Equal(names.Count, addresses.Values.Distinct().Count());

        static string Own(string name) => string.Concat(Enumerable.Range(1, 20).Select(i => $"{i}. A line that only {name} has.\n"));
    }

    private static async Task WriteAsync(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text, Cancellation);
    }
}
