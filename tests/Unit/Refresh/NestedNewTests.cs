using SkillMeat.Checks;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Updates;
using Xunit;

namespace SkillMeat.Tests.Refresh;

/// <summary>New commands and agents are found in folders of their containers, too, whether or not the collection follows one beside them.</summary>
public sealed class NestedNewTests
{
    public static TheoryData<Access> Accesses => new(Access.Token, Access.Anonymous, Access.NoFilter);

    [Theory, MemberData(nameof(Accesses))]
    public async Task New_files_in_folders_that_nobody_follows_are_found(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs")));
        scene.Git.Commit("2", [.. Files.Select(file => GitChange.Write(file.Path, file.Text))]);

        var checks = await scene.Add("pdf", "skill", "skills/pdf", old).CheckAsync();

        Assert.Equal(
            ["agent:reviewer at agents/team/reviewer.md", "command:clean at commands/git/clean.md", "command:deep at commands/git/more/deep.md", "command:top at commands/top.md"],
            checks.Where(check => check.Value.ChangeType == ChangeType.New).Select(check => $"{check.Key} at {check.Value.NewPath}").Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task Several_of_one_name_are_told_apart_as_a_list_does(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs")), GitChange.Write("commands/top.md", "Top."));
        scene.Git.Commit(
            "2", GitChange.Write("commands/git/clean.md", "Clean git."), GitChange.Write("commands/docs/clean.md", "Clean docs."), GitChange.Write("commands/git/top.md", "Another."),
            GitChange.Write("commands/copy/top.md", "Top."));

        var checks = await scene.Add("pdf", "skill", "skills/pdf", old).Add("top", "command", "commands/top.md", old).CheckAsync();

        Assert.Equal(
            ["command:docs-clean at commands/docs/clean.md", "command:git-clean at commands/git/clean.md", "command:git-top at commands/git/top.md"],
            checks.Where(check => check.Value.ChangeType == ChangeType.New).Select(check => $"{check.Key} at {check.Value.NewPath}").Order(StringComparer.Ordinal));
        Assert.Equal(ChangeType.UpToDate, checks["command:top"].ChangeType);
    }

    [Fact]
    public async Task A_folder_that_is_followed_is_listed_once_and_folders_of_an_unchanged_repository_are_not()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var old = scene.Git.Commit("1", [.. Files.Select(file => GitChange.Write(file.Path, file.Text))]);
        scene.Add("clean", "command", "commands/git/clean.md", old);
        Assert.DoesNotContain("command:deep", (await scene.CheckAsync()).Keys);
        scene.Server.Log.Clear();
        await scene.CheckAsync();
        // The followed folder, and the containers at the root.
        Assert.Equal(2, scene.Server.Log.Total);

        scene.Git.Commit("2", GitChange.Write("commands/git/fresh.md", "Fresh."));

        var checks = await scene.CheckAsync();
        var found = checks.Where(check => check.Value.ChangeType == ChangeType.New).Select(check => check.Key).Order(StringComparer.Ordinal);
        Assert.Equal(["agent:reviewer", "command:deep", "command:fresh", "command:top"], found);
    }

    [Fact]
    public async Task New_files_in_folders_of_a_folder_on_this_machine_are_found()
    {
        await using var scene = await UpdateScene.StartAsync();
        var upstream = Path.Combine(scene.Place, "upstream");
        foreach (var (path, text) in Files.Append((Path: "skills/pdf/SKILL.md", Text: RefreshScene.Skill("pdf", "PDFs"))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(upstream, path))!);
            await File.WriteAllTextAsync(Path.Combine(upstream, path), text, TestContext.Current.CancellationToken);
        }

        await scene.AddAsync(Path.Combine(upstream, "skills/pdf"));
        var store = scene.Open();
        using var session = scene.Connect(store);
        var result = await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(
            ["agent:reviewer", "command:clean", "command:deep", "command:top"],
            result.Checks.Where(check => check.ChangeType == ChangeType.New).Select(check => check.ArtifactId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Several_of_one_name_in_a_folder_on_this_machine_are_told_apart_as_in_a_repository()
    {
        await using var scene = await UpdateScene.StartAsync();
        var upstream = Path.Combine(scene.Place, "upstream");
        void Write(string path, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(upstream, path))!);
            File.WriteAllText(Path.Combine(upstream, path), text);
        }

        Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs"));
        Write("commands/top.md", "Top.");
        await scene.AddAsync(Path.Combine(upstream, "skills/pdf"), Path.Combine(upstream, "commands/top.md"));
        Write("commands/git/clean.md", "Clean git.");
        Write("commands/docs/clean.md", "Clean docs.");
        Write("commands/git/top.md", "Another.");
        Write("commands/copy/top.md", "Top.");

        var found = await CheckAsync(scene);

        Assert.Equal(
            ["command:docs-clean at commands/docs/clean.md", "command:git-clean at commands/git/clean.md", "command:git-top at commands/git/top.md"],
            found.Checks.Where(check => check.ChangeType == ChangeType.New).Select(check => $"{check.ArtifactId} at {check.NewPath}").Order(StringComparer.Ordinal));
        Assert.Empty(found.Problems);
        await scene.AddAsync(new SkillMeat.Additions.ArtifactAddition(Path.Combine(upstream, "commands/git/top.md")) { Name = "git-top" });
        Assert.DoesNotContain("command:git-top", (await CheckAsync(scene)).Checks.Where(check => check.ChangeType == ChangeType.New).Select(check => check.ArtifactId));
    }

    [Theory, MemberData(nameof(Accesses))]
    public async Task Folders_that_expand_to_thousands_are_not_searched(Access access)
    {
        await using var scene = await RefreshScene.StartAsync(access);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs")), GitChange.Write("level0/deep.md", "Deep."));
        // Four trees of seven names each are 2,800 folders.
        for (var level = 1; level <= 4; level++) scene.Git.Commit("more", [.. Enumerable.Range(0, 7).Select(i => GitChange.Copy($"level{level - 1}", $"level{level}/f{i}"))]);
        scene.Git.Commit("2", GitChange.Copy("level4", "commands"), GitChange.Write("commands/top.md", "Top."), GitChange.Write("agents/team/reviewer.md", "---\nname: reviewer\n---\n"));
        scene.Add("pdf", "skill", "skills/pdf", old).Save();
        scene.Server.Log.Clear();

        var result = await CheckAsync(scene);

        Assert.Equal(["command:top"], result.Checks.Where(check => check.ChangeType == ChangeType.New).Select(check => check.ArtifactId));
        Assert.Contains("more than 200 folders", Assert.Single(result.Problems).Message, StringComparison.Ordinal);
        Assert.InRange(scene.Server.Log.Total, 2, 8);
    }

    [Fact]
    public async Task Each_level_of_folders_takes_a_query_and_there_are_few_levels()
    {
        await using var scene = await RefreshScene.StartAsync(Access.Token);
        var old = scene.Git.Commit("1", GitChange.Write("skills/pdf/SKILL.md", RefreshScene.Skill("pdf", "PDFs")));
        scene.Git.Commit("2", [.. Enumerable.Range(1, 7).Select(depth => GitChange.Write($"commands/{string.Concat(Enumerable.Repeat("more/", depth))}c{depth}.md", "Run."))]);
        scene.Add("pdf", "skill", "skills/pdf", old).Save();
        scene.Server.Log.Clear();

        var result = await CheckAsync(scene);

        Assert.Equal(["command:c1", "command:c2", "command:c3", "command:c4"], result.Checks.Where(check => check.ChangeType == ChangeType.New).Select(check => check.ArtifactId).Order(StringComparer.Ordinal));
        Assert.Equal(2 + 4, scene.Server.Log.Total);
    }

    [Fact]
    public async Task Folders_of_tools_beside_a_skill_on_this_machine_are_not_searched()
    {
        await using var scene = await UpdateScene.StartAsync();
        var upstream = Path.Combine(scene.Place, "upstream");
        foreach (var path in new[] { "skills/pdf/SKILL.md", "commands/.git/a.md", "commands/.hidden/b.md", "commands/node_modules/c.md", "commands/git/.venv/d.md", "commands/git/clean.md" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(upstream, path))!);
            await File.WriteAllTextAsync(Path.Combine(upstream, path), RefreshScene.Skill("pdf", "PDFs"), TestContext.Current.CancellationToken);
        }

        await scene.AddAsync(Path.Combine(upstream, "skills/pdf"));
        var found = await CheckAsync(scene);
        Assert.Equal(["command:clean"], found.Checks.Where(check => check.ChangeType == ChangeType.New).Select(check => check.ArtifactId));
        Assert.Empty(found.Problems);

        for (var i = 0; i < 201; i++) Directory.CreateDirectory(Path.Combine(upstream, $"agents/f{i}"));
        var result = await CheckAsync(scene);
        Assert.DoesNotContain(result.Checks, check => check.ChangeType == ChangeType.New);
        Assert.Empty(result.Problems);
    }

    private static async Task<UpdateCheckResult> CheckAsync(RefreshScene scene)
    {
        using var session = scene.Connect(out var store);
        return await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest(), cancellationToken: TestContext.Current.CancellationToken);
    }

    private static async Task<UpdateCheckResult> CheckAsync(UpdateScene scene)
    {
        var store = scene.Open();
        using var session = scene.Connect(store);
        return await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest(), cancellationToken: TestContext.Current.CancellationToken);
    }

    private static IReadOnlyList<(string Path, string Text)> Files =>
    [
        ("commands/top.md", "Top."),
        ("commands/git/clean.md", "Clean."),
        ("commands/git/README.md", "About these."),
        ("commands/git/more/deep.md", "Deep."),
        ("commands/skills/notes.md", "In another container."),
        ("commands/tool/SKILL.md", "A skill that lies here."),
        ("commands/tool/notes.md", "Its notes."),
        ("agents/team/reviewer.md", "---\nname: reviewer\ndescription: Reviews\n---\n"),
        ("agents/team/guide.md", "No agent."),
    ];
}
