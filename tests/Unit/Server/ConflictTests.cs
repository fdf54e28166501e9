using System.Text.Json;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Conflicts of updates, which a person resolves in the browser.</summary>
public sealed class ConflictTests
{
    private const string Artifact = "api/v1/collections/default/artifacts/skill:notes";
    private const string Head = "---\nname: notes\ndescription: Notes\n---\n";

    [Fact]
    public async Task The_sides_of_a_conflict_are_shown_and_the_update_is_finished_with_the_given_text()
    {
        await using var scene = await ConflictAsync("\n");
        var conflict = (await scene.GetAsync($"{Artifact}/conflict?path=SKILL.md")).Succeeds().Json;
        Assert.Equal(
            (Text("two"), Text("mine"), Text("theirs"), Text("<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> upstream")),
            (Get(conflict, "base"), Get(conflict, "ours"), Get(conflict, "theirs"), Get(conflict, "merged")));
        Assert.Equal("content", conflict.GetProperty("conflicts")[0].GetProperty("kind").GetString());
        Assert.Equal(1, (await scene.GetAsync($"{Artifact}/conflict")).Succeeds().Json.GetProperty("total").GetInt32());
        Assert.Equal("SKILL.md", (await scene.GetAsync($"{Artifact}/conflict?path=SKILL.m")).Fails(404, "FileNotFound").Json.GetProperty("nearest").GetString());

        var result = await ArtifactChangeTests.EndAsync(scene, await ResolveAsync(scene, Text("both"), Get(conflict, "state")));
        Assert.Equal("merged", result[0].GetProperty("status").GetString());
        Assert.Equal(Text("both"), await File.ReadAllTextAsync(Local(scene), TestContext.Current.CancellationToken));
        // Other changes of upstream came, too, and nothing is left to do.
        Assert.Equal("new", await File.ReadAllTextAsync(scene.Place.At("collections", "default", "skills", "notes", "extra.md"), TestContext.Current.CancellationToken));
        Assert.Equal(0, (await scene.GetAsync($"{Artifact}/conflict")).Succeeds().Json.GetProperty("total").GetInt32());
        var again = await scene.EndOfAsync(await ResolveAsync(scene, Text("late"), Get(conflict, "state")));
        Assert.Equal("failed", again.GetProperty("state").GetString());
        Assert.Equal(Text("both"), await File.ReadAllTextAsync(Local(scene), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_edit_that_the_person_did_not_see_is_never_overwritten()
    {
        await using var scene = await ConflictAsync("\n");
        var state = Get((await scene.GetAsync($"{Artifact}/conflict?path=SKILL.md")).Succeeds().Json, "state");
        await File.WriteAllTextAsync(Local(scene), Text("mine, and better"), TestContext.Current.CancellationToken);
        var before = scene.Place.Tree("service", "cache", "objects");
        var job = await scene.EndOfAsync(await ResolveAsync(scene, Text("both"), state));
        var problem = job.GetProperty("problem");
        Assert.Equal((409, "Conflict", "SKILL.md"), (problem.GetProperty("status").GetInt32(), Get(problem, "code"), Get(problem.GetProperty("conflicts")[0], "path")));
        Assert.Contains("changed since", Get(problem, "detail"), StringComparison.Ordinal);
        Assert.Equal(before, scene.Place.Tree("service", "cache", "objects"));

        // Upstream's change counts the same.
        state = Get((await scene.GetAsync($"{Artifact}/conflict?path=SKILL.md")).Succeeds().Json, "state");
        await File.WriteAllTextAsync(Upstream(scene), Text("theirs, and newer"), TestContext.Current.CancellationToken);
        Assert.Equal("failed", (await scene.EndOfAsync(await ResolveAsync(scene, Text("both"), state))).GetProperty("state").GetString());
        Assert.Equal(Text("mine, and better"), await File.ReadAllTextAsync(Local(scene), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_text_from_a_browser_gets_the_line_endings_of_the_file()
    {
        await using var scene = await ConflictAsync("\r\n");
        var state = Get((await scene.GetAsync($"{Artifact}/conflict?path=SKILL.md")).Succeeds().Json, "state");
        await ArtifactChangeTests.EndAsync(scene, await ResolveAsync(scene, Text("both"), state));
        Assert.Equal(Text("both").Replace("\n", "\r\n", StringComparison.Ordinal), await File.ReadAllTextAsync(Local(scene), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("ours", "mine")]
    [InlineData("theirs", "theirs")]
    public async Task A_side_can_be_taken_as_a_whole(string side, string expected)
    {
        await using var scene = await ConflictAsync("\n");
        var state = Get((await scene.GetAsync($"{Artifact}/conflict?path=SKILL.md")).Succeeds().Json, "state");
        await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, $"{Artifact}/conflict", new { files = new[] { new { path = "SKILL.md", take = side, state } } }));
        Assert.Equal(Text(expected), await File.ReadAllTextAsync(Local(scene), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_resolution_that_is_none_is_refused_and_changes_nothing()
    {
        await using var scene = await ConflictAsync("\n");
        var conflict = (await scene.GetAsync($"{Artifact}/conflict?path=SKILL.md")).Succeeds().Json;
        var state = Get(conflict, "state");
        var before = scene.Place.Tree("service", "cache", "objects");
        var marked = Get(conflict, "merged");
        foreach (var body in new object[]
        {
            new { }, new { files = Array.Empty<object>() }, new { files = new object?[] { null } }, new { files = new[] { new { path = "SKILL.md", text = "x" } } }, new { files = new[] { new { path = "SKILL.md", state } } },
            new { files = new[] { new { path = "SKILL.md", text = marked, state } } }, new { files = new[] { new { path = "SKILL.md", text = "a", state }, new { path = "SKILL.md", text = "b", state } } },
            new { files = new[] { new { path = "SKILL.md", take = "mine", state } } }, new { files = new[] { new { path = "", text = "x", state } } },
        })
        {
            (await scene.SendAsync(HttpMethod.Post, $"{Artifact}/conflict", body)).Fails(400, "InvalidArgument");
        }

        foreach (var path in new[] { "../../../config.toml", "other.md", "/etc/passwd", "SKILL.md\0" })
        {
            var job = await scene.EndOfAsync(await scene.SendAsync(HttpMethod.Post, $"{Artifact}/conflict", new { files = new[] { new { path, text = "x", state } } }));
            Assert.Equal(400, job.GetProperty("problem").GetProperty("status").GetInt32());
        }

        // A text that makes the artifact invalid.
        var invalid = await scene.EndOfAsync(await ResolveAsync(scene, "---\nname: [\n---\n", "wrong"));
        Assert.Equal(409, invalid.GetProperty("problem").GetProperty("status").GetInt32());
        Assert.Equal(before, scene.Place.Tree("service", "cache", "objects"));
    }

    private static async Task<ServiceScene> ConflictAsync(string ending)
    {
        var place = TestHome.WithSkills(0);
        place.Write("source/notes/SKILL.md", Text("two").Replace("\n", ending, StringComparison.Ordinal));
        var scene = await ServiceScene.StartAsync(place);
        await ArtifactChangeTests.EndAsync(scene, await scene.SendAsync(HttpMethod.Post, "api/v1/collections/default/artifacts", new { specs = new[] { Path.Combine(place.Place, "source", "notes") } }));
        await File.WriteAllTextAsync(Local(scene), Text("mine").Replace("\n", ending, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Upstream(scene), Text("theirs").Replace("\n", ending, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        place.Write("source/notes/extra.md", "new");
        return scene;
    }

    private static Task<ServiceAnswer> ResolveAsync(ServiceScene scene, string text, string state) => scene.SendAsync(HttpMethod.Post, $"{Artifact}/conflict", new { files = new[] { new { path = "SKILL.md", text, state } } });

    private static string Text(string line) => $"{Head}one\n{line}\nthree\n";

    private static string Local(ServiceScene scene) => scene.Place.At("collections", "default", "skills", "notes", "SKILL.md");

    private static string Upstream(ServiceScene scene) => Path.Combine(scene.Place.Place, "source", "notes", "SKILL.md");

    private static string Get(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
