using SkillMeat.Checks;
using SkillMeat.Storage.Files;
using SkillMeat.Tests.LoopbackGitHub;
using Xunit;

namespace SkillMeat.Tests.Refresh;

/// <summary>Histories of repositories in which a skill moved, or only seems to have.</summary>
public sealed class MoveHistoryTests
{
    private static readonly string _body = string.Concat(Enumerable.Range(1, 40).Select(i => $"{i}. A line of the skill.\n"));
    private static readonly string _other = string.Concat(Enumerable.Range(1, 40).Select(i => $"{i * 7}, quite different.\n"));

    public static TheoryData<Access> Accesses => new(Access.Token, Access.Anonymous);

    [Theory, MemberData(nameof(Accesses))]
    public Task A_link_in_the_folder_of_another_agent_is_no_place(Access access) => MovesAsync(
        access, "team/skills/a", [Skill("team/a", _body)],
        [GitChange.Move("team/a", "team/skills/a"), Skill("team/skills/a", _body + "one more line\n"), GitChange.Symlink(".gemini/skills/a/SKILL.md", "../../../team/skills/a/SKILL.md"), GitChange.Symlink("linked/a", "../team/skills/a")]);

    [Theory, MemberData(nameof(Accesses))]
    public Task The_edition_for_another_agent_is_no_place(Access access) => MovesAsync(
        access, "team/skills/a", [Skill("team/a", _body)], [GitChange.Move("team/a", "team/skills/a"), Skill("team/skills/a", _body + "one more line\n"), Skill(".codex/skills/a", _body), Skill(".cursor/a", _body)]);

    [Theory, MemberData(nameof(Accesses))]
    public Task An_artifact_that_lay_with_another_agent_may_stay_there(Access access) => MovesAsync(
        access, ".codex/skills/a", [Skill(".codex/a", _body)], [GitChange.Move(".codex/a", ".codex/skills/a"), Skill(".gemini/skills/a", _body)], from: ".codex/a");

    [Theory, MemberData(nameof(Accesses))]
    public Task A_namesake_that_was_there_before_is_another_skill(Access access) => IsDeletedAsync(access, [Skill("team/a", _body), Skill("other/a", _other)], [GitChange.Delete("team/a")]);

    [Theory, MemberData(nameof(Accesses))]
    public Task A_copy_that_was_there_before_is_no_move(Access access) => IsDeletedAsync(access, [Skill("team/a", _body), Skill("other/a", _body)], [GitChange.Delete("team/a")]);

    [Theory, MemberData(nameof(Accesses))]
    public Task A_new_namesake_that_is_different_is_no_move(Access access) => IsDeletedAsync(access, [Skill("team/a", _body)], [GitChange.Delete("team/a"), Skill("other/a", _other)]);

    [Fact]
    public Task A_skill_that_lies_deeper_in_its_folder_moved() => MovesAsync(
        Access.Anonymous, "team/a/skills/a", [Skill("team/a", _body), GitChange.Write("team/a/ref.md", "ref")],
        [Skill("team/a/skills/a", _body), GitChange.Delete("team/a/SKILL.md"), GitChange.Move("team/a/ref.md", "team/a/skills/a/ref.md"), GitChange.Write("team/a/.claude-plugin/plugin.json", "{\"name\":\"a\"}")]);

    [Fact]
    public Task A_folder_that_lost_its_file_is_deleted() => IsDeletedAsync(
        Access.Anonymous, [Skill("team/a", _body), GitChange.Write("team/a/ref.md", "ref")], [GitChange.Delete("team/a/SKILL.md"), GitChange.Write("team/a/README.md", "gone")]);

    [Theory, MemberData(nameof(Accesses))]
    public Task A_renamed_and_edited_skill_is_followed_whatever_its_name(Access access) => MovesAsync(
        access, "plugins/p/skills/better", [Skill("skills/a", _body)], [GitChange.Delete("skills/a"), Skill("plugins/p/skills/better", _body + "more\n"), Skill("skills/b", _other)], from: "skills/a");

    [Theory, MemberData(nameof(Accesses))]
    public Task Of_two_places_with_the_same_content_the_nearest_is_taken(Access access) => MovesAsync(
        access, "team/skills/a", [Skill("team/a", _body)], [GitChange.Delete("team/a"), Skill("team/skills/a", _body), Skill("archive/old/team/copies/a", _body)]);

    [Theory, MemberData(nameof(Accesses))]
    public Task The_same_content_counts_more_than_a_near_place(Access access) => MovesAsync(
        access, "far/away/in/x", [Skill("team/a", _body)], [GitChange.Move("team/a", "far/away/in/x"), GitChange.Write("team/skills/a/SKILL.md", "---\nname: a\n---\n" + _body + "edited\n")]);

    [Theory, MemberData(nameof(Accesses))]
    public async Task Of_two_equal_places_neither_is_taken_and_both_are_named(Access access)
    {
        var check = await CheckAsync(access, [Skill("team/a", _body)], [GitChange.Delete("team/a"), Skill("team/x/a", _body), Skill("team/y/a", _body)]);
        Assert.Equal((ChangeType.Deleted, null), (check.ChangeType, check.NewPath));
        Assert.EndsWith("'team/x/a' and 'team/y/a' match it equally well, so it is not known which is its new place.", check.Reason, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Accesses))]
    public Task A_place_that_the_collection_follows_already_is_none(Access access) => IsDeletedAsync(
        access, [Skill("team/a", _body), Skill("team/b", _other)], [GitChange.Delete("team/a"), GitChange.Delete("team/b"), Skill("team/b", _body)], follows: "team/b");

    [Theory, MemberData(nameof(Accesses))]
    public Task A_skill_that_changed_but_still_is_one_is_updated(Access access) => IsAsync(access, ChangeType.Updated, null, [Skill("team/a", _body)], [Skill("team/a", _other), Skill("team/a/skills/a", _body)]);

    [Theory, MemberData(nameof(Accesses))]
    public Task A_file_in_small_letters_is_not_lost(Access access) => IsAsync(
        access, ChangeType.Updated, null, [GitChange.Write("team/a/skill.md", "---\nname: a\n---\n1")], [GitChange.Write("team/a/skill.md", "---\nname: a\n---\n2")]);

    [Theory]
    [InlineData(Access.Token, "other/b", "b", ChangeType.Deleted)]
    [InlineData(Access.Anonymous, "other/b", "b", ChangeType.Deleted)]
    [InlineData(Access.Token, "other/b", "a", ChangeType.Deleted)]
    [InlineData(Access.Anonymous, "other/a", "c", ChangeType.Deleted)]
    [InlineData(Access.Token, "other/a", "a", ChangeType.Moved)]
    [InlineData(Access.Anonymous, "other/a", "a", ChangeType.Moved)]
    public async Task After_a_rewritten_history_only_a_similar_skill_of_the_same_name_is_the_one_that_moved(Access access, string place, string name, ChangeType change)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        scene.Git.Commit("1", GitChange.Write($"{place}/SKILL.md", $"---\nname: {name}\ndescription: About it\n---\n{_body}more\n"));
        scene.Add("mine", "skill", "team/a", new string('1', 40));
        Directory.CreateDirectory(Path.Combine(scene.Folder, "skills", "mine"));
        await File.WriteAllTextAsync(Path.Combine(scene.Folder, "skills", "mine", "SKILL.md"), $"---\nname: a\ndescription: About it\n---\n{_body}", TestContext.Current.CancellationToken);

        Assert.Equal(change, (await scene.CheckAsync())["skill:mine"].ChangeType);
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task After_a_rewritten_history_the_files_as_they_were_fetched_are_found_under_any_name(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        scene.Git.Commit("1", Skill("plugins/p/other", _body), GitChange.Write("plugins/p/other/ref.md", "ref"));
        var here = Path.Combine(scene.Folder, "skills", "mine");
        Directory.CreateDirectory(here);
        await File.WriteAllTextAsync(Path.Combine(here, "SKILL.md"), $"---\nname: other\ndescription: About it\n---\n{_body}", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(here, "ref.md"), "ref", TestContext.Current.CancellationToken);
        scene.Add("mine", "skill", "team/a", new string('1', 40), hash: ContentHash.Of(here));

        var check = (await scene.CheckAsync())["skill:mine"];

        Assert.Equal((ChangeType.Moved, "plugins/p/other"), (check.ChangeType, check.NewPath));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_has_moved_to_where_it_may_have_been_before(bool isTruncated)
    {
        // Git would list the files that the API leaves out.
        await using var scene = await RefreshScene.StartAsync(Access.Token, options: new LoopbackGitHubOptions { MaxTreeEntries = isTruncated ? 20 : 100_000 });
        var old = scene.Git.Commit("1", [Skill("team/a", _body), Skill("zoo/a", _body), .. Enumerable.Range(0, 30).Select(i => GitChange.Write($"docs/{i:00}.md", "x"))]);
        scene.Git.Commit("2", GitChange.Delete("team/a"), GitChange.Delete("docs"));
        scene.Add("mine", "skill", "team/a", old);
        var failing = isTruncated ? "/git-upload-pack" : $"/git/trees/{old}";
        scene.Server.Faults = request => request.Path.Contains(failing, StringComparison.Ordinal) ? Fault.Failing(500) : null;

        var check = (await scene.CheckAsync())["skill:mine"];

        Assert.Equal((ChangeType.Unknown, null), (check.ChangeType, check.NewPath));
        Assert.StartsWith("'team/a' is gone. Cannot determine whether it moved: ", check.Reason, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Accesses))]
    public Task A_skill_whose_file_got_capital_letters_was_there_before(Access access) => IsDeletedAsync(
        access, [Skill("team/a", _body), GitChange.Write("other/a/skill.md", _body)], [GitChange.Delete("team/a"), GitChange.Delete("other/a/skill.md"), Skill("other/a", _body)]);

    [Theory, MemberData(nameof(Accesses))]
    public Task A_command_whose_name_got_capital_letters_moved(Access access) => IsAsync(
        access, ChangeType.Moved, "commands/Go.md", [GitChange.Write("commands/go.md", _body)], [GitChange.Move("commands/go.md", "commands/Go.md")], from: "commands/go.md", type: "command");

    private static GitChange Skill(string folder, string body) => GitChange.Write($"{folder}/SKILL.md", $"---\nname: {folder.Split('/')[^1]}\ndescription: About it\n---\n{body}");

    private static Task MovesAsync(Access access, string to, GitChange[] before, GitChange[] after, string from = "team/a") => IsAsync(access, ChangeType.Moved, to, before, after, from: from);

    private static Task IsDeletedAsync(Access access, GitChange[] before, GitChange[] after, string? follows = null) => IsAsync(access, ChangeType.Deleted, null, before, after, follows);

    private static async Task IsAsync(Access access, ChangeType change, string? to, GitChange[] before, GitChange[] after, string? follows = null, string from = "team/a", string type = "skill")
    {
        var check = await CheckAsync(access, before, after, follows, from, type);
        Assert.Equal((change, to), (check.ChangeType, check.NewPath));
    }

    private static async Task<ArtifactCheck> CheckAsync(Access access, GitChange[] before, GitChange[] after, string? follows = null, string from = "team/a", string type = "skill")
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", before);
        scene.Git.Commit("2", after);
        scene.Add("mine", type, from, old);
        if (follows is not null) scene.Add("other", "skill", follows, old);
        return (await scene.CheckAsync())[$"{type}:mine"];
    }
}
