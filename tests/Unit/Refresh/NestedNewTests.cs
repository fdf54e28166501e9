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
