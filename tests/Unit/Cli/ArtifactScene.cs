using SkillMeat.Tests.Support;

namespace SkillMeat.Tests.Cli;

/// <summary>An empty home with a folder of upstream artifacts beside it, for commands that add, update and remove.</summary>
internal sealed class ArtifactScene : IDisposable
{
    private readonly TestHome _home = TestHome.WithSkills(0);

    public static string Numbers { get; } = string.Concat(Enumerable.Range(1, 9).Select(i => $"line {i}\n"));

    public TestHome Home => _home;

    public string Upstream(string path) => Path.Combine(_home.Place, "upstream", path);

    public string Local(string path, string collection = "default") => _home.At("collections", collection, path);

    public ArtifactScene WithSkill(string name, string body = "")
    {
        _home.WriteUpstream($"skills/{name}/SKILL.md", $"---\nname: {name}\ndescription: About {name}\n---\n{body}");
        return this;
    }

    public ArtifactScene WithCommand(string name, string body)
    {
        _home.WriteUpstream($"commands/{name}.md", body);
        return this;
    }

    /// <summary>The skill <c>a</c> and the command <c>c</c>, added, and edited here and upstream in the same line.</summary>
    public static async Task<ArtifactScene> WithConflictsAsync()
    {
        var scene = new ArtifactScene().WithSkill("a", Numbers).WithSkill("b").WithCommand("c", Numbers);
        (await scene.RunAsync("add", "auto", scene.Upstream("skills/a"), scene.Upstream("skills/b"), scene.Upstream("commands/c.md"))).Succeeds();
        scene.Edit(scene.Local("skills/a/SKILL.md"), "line 5", "mine");
        scene.Edit(scene.Local("commands/c.md"), "line 5", "mine");
        scene.Edit(scene.Upstream("skills/a/SKILL.md"), "line 5", "theirs");
        scene.Edit(scene.Upstream("commands/c.md"), "line 5", "theirs");
        return scene;
    }

    public void Edit(string path, string old, string @new) => _home.Write(path, File.ReadAllText(path).Replace(old, @new, StringComparison.Ordinal));

    public Task<SkmRun> RunAsync(params string[] arguments) => _home.RunAsync(arguments);

    /// <summary>Runs <c>skm</c> with a person who answers prompts.</summary>
    public Task<SkmRun> AnswerAsync(string input, params string[] arguments) => _home.RunAsync(new SkmSurroundings { IsInteractive = true, Input = input }, arguments);

    public void Dispose() => _home.Dispose();
}
