using System.Text.Json;
using SkillMeat.Collections;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Collections;

/// <summary>Making homes and collections, choosing and showing them.</summary>
public sealed class HomeLifeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Init_makes_a_home_once_and_then_changes_nothing()
    {
        using var place = TestHome.None();
        var first = (await place.RunAsync("init", "--format", "json")).Succeeds().Json;
        Assert.Equal((place.Home, "default"), (first.GetProperty("home").GetString(), first.GetProperty("active_collection").GetString()));
        Assert.Equal("[settings]\ndefault-collection = \"default\"\n", await File.ReadAllTextAsync(place.Config, Cancellation));
        Assert.Equal("[lock]\nversion = \"1.0.0\"\n\n[lock.entries]\n", await File.ReadAllTextAsync(place.LockFile, Cancellation));
        Assert.All(new[] { "skills", "commands", "agents" }, f => Assert.True(Directory.Exists(place.At("collections", "default", f))));
        var before = place.Tree();
        (await place.RunAsync("init")).Succeeds();
        Assert.Equal(before, place.Tree());
        Assert.Equal(0, (await place.RunAsync("list", "--format", "json")).Succeeds().Json.GetArrayLength());
    }

    [Fact]
    public async Task Init_keeps_what_is_there()
    {
        using var place = TestHome.None();
        place.Write(place.Config, "# mine\r\n[settings]\r\ndefault-collection = \"work\"\r\n");
        place.Write(place.At("collections", "work", "skills", "mine", "SKILL.md"), "mine");
        place.Write(place.At("collections", "work", "collection.lock"), "# kept\n");
        var config = await File.ReadAllBytesAsync(place.Config, Cancellation);
        (await place.RunAsync("init")).Succeeds();
        Assert.Equal(config, await File.ReadAllBytesAsync(place.Config, Cancellation));
        Assert.Equal("mine", await File.ReadAllTextAsync(place.At("collections", "work", "skills", "mine", "SKILL.md"), Cancellation));
        Assert.Equal("# kept\n", await File.ReadAllTextAsync(place.At("collections", "work", "collection.lock"), Cancellation));
        Assert.True(File.Exists(place.At("collections", "work", "collection.toml")));
        Assert.False(Directory.Exists(place.At("collections", "default")));
    }

    [Fact]
    public async Task Init_leaves_a_broken_collection_as_it_is()
    {
        using var home = TestHome.WithSkills(1);
        home.Write(home.Manifest, "broken [");
        var before = home.Tree();
        (await home.RunAsync("init")).Succeeds();
        Assert.Equal(before, home.Tree());
    }

    [Fact]
    public async Task Many_inits_at_once_make_one_home_without_an_error()
    {
        using var place = TestHome.None();
        for (var round = 0; round < 5; round++)
        {
            var home = Path.Combine(place.Place, $"home{round}");
            var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SkmRun.StartAsync(["init", "--home", home]), Cancellation)));
            Assert.All(runs, r => r.Succeeds());
            Assert.Equal("default", Assert.Single(CollectionStore.Open(home).List()).Name);
        }
    }

    [Fact]
    public async Task Many_creates_of_one_name_at_once_make_one_collection_and_tell_the_others()
    {
        using var home = TestHome.WithSkills(1);
        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => home.RunAsync("collection", "create", "new"), Cancellation)));
        Assert.Single(runs, r => r.ExitCode == 0);
        Assert.All(runs.Where(r => r.ExitCode != 0), r => r.Fails("The collection 'new' already exists.", "[CollectionExists]"));
    }

    [Fact]
    public async Task A_collection_is_made_chosen_listed_and_shown()
    {
        using var home = TestHome.WithSkills(2);
        var made = (await home.RunAsync("collection", "create", "side projects", "--format", "json")).Succeeds().Json;
        Assert.Equal(home.At("collections", "side projects"), made.GetProperty("folder").GetString());
        Assert.Equal([("default", true, 2), ("side projects", false, 0)], await ListAsync(home));

        home.Write(home.Config, "# above\n[settings]\ngithub-token = \"secret\" # mine\ndefault-collection = \"default\" # the one\n\n[analytics]\nenabled = true\n");
        (await home.RunAsync("collection", "use", "side projects")).Succeeds();

        Assert.Equal(
            "# above\n[settings]\ngithub-token = \"secret\" # mine\ndefault-collection = \"side projects\" # the one\n\n[analytics]\nenabled = true\n",
            await File.ReadAllTextAsync(home.Config, Cancellation));
        Assert.Equal([("default", false, 2), ("side projects", true, 0)], await ListAsync(home));
        var shown = (await home.RunAsync("collection", "show", "--format", "json")).Succeeds().Json;
        Assert.Equal(("side projects", true, 0), (shown.GetProperty("name").GetString(), shown.GetProperty("is_active").GetBoolean(), shown.GetProperty("artifact_count").GetInt32()));
        var other = (await home.RunAsync("collection", "show", "default", "--format", "json")).Succeeds().Json;
        Assert.Equal((false, 2), (other.GetProperty("is_active").GetBoolean(), other.GetProperty("artifacts").GetArrayLength()));
    }

    [Fact]
    public async Task Choosing_the_active_collection_again_writes_nothing()
    {
        using var home = TestHome.WithSkills(1);
        var before = home.Tree("locks");
        (await home.RunAsync("collection", "use", "default")).Succeeds();
        Assert.Equal(before, home.Tree("locks"));
    }

    [Fact]
    public async Task A_home_without_a_configuration_has_the_collection_default()
    {
        using var home = TestHome.WithSkills(1);
        File.Delete(home.Config);
        Assert.Equal([("default", true, 1)], await ListAsync(home));
        (await home.RunAsync("collection", "create", "work")).Succeeds();
        (await home.RunAsync("collection", "use", "work")).Succeeds();
        Assert.Equal([("default", false, 1), ("work", true, 0)], await ListAsync(home));
    }

    [Theory]
    [InlineData("collection.toml", "no toml [", ":1:4: ")]
    [InlineData("collection.toml", "[collection]\nname = \"bad\"\n[[artifacts]]\nname = \"a\"\ntype = \"skill\"\npath = \"../a\"\norigin = \"local\"\nadded = \"x\"\n", ":6:8: ")]
    [InlineData("collection.toml", "[collection]\nname = \"bad\"\n[[artifacts]]\nname = \"a\"\ntype = \"skill\"\npath = \"a\"\nadded = \"x\"\n", ":3:1: ")]
    [InlineData("collection.lock", "[lock.entries.\"a::skill\"]\nfetched = \"x\"\n", ":1:1: ")]
    public async Task A_collection_that_can_not_be_read_is_listed_with_its_problem(string file, string text, string place)
    {
        using var home = TestHome.WithSkills(1);
        home.Write(home.At("collections", "bad", "collection.toml"), "[collection]\nname = \"bad\"\n");
        home.Write(home.At("collections", "bad", file), text);
        home.Write(home.At("collections", "no collection", "notes.txt"), "not listed");
        var before = home.Tree();

        var run = (await home.RunAsync("collection", "list", "--format", "json")).Succeeds(1);

        Assert.Empty(run.Error);
        Assert.Equal(["bad", "default"], run.Json.EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        Assert.StartsWith($"{home.At("collections", "bad", file)}{place}", run.Json[0].GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, run.Json[1].GetProperty("problem").ValueKind);
        Assert.Contains(file, (await home.RunAsync("collection", "list")).Succeeds(1).Output.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        (await home.RunAsync("list")).Succeeds();
        Assert.Equal(before, home.Tree());
    }

    [Fact]
    public async Task An_artifact_is_shown_by_name_and_by_id_when_names_are_shared()
    {
        using var home = TestHome.WithSkills(1);
        var manifest = await File.ReadAllTextAsync(home.Manifest, Cancellation);
        foreach (var (type, name) in new[] { ("command", "a1"), ("agent", "team:review"), ("command", "skill:a1") })
        {
            manifest += $"\n[[artifacts]]\nname = \"{name}\"\ntype = \"{type}\"\npath = \"{type}s/x.md\"\norigin = \"local\"\nadded = \"2026-01-01T00:00:00\"\n";
        }

        home.Write(home.Manifest, manifest);
        (await home.RunAsync("show", "a1")).Fails("'a1' is ambiguous: it can be skill:a1 or command:a1.", "[ArtifactNotFound]");
        Assert.Equal("command:a1", await ShownAsync(home, "command:a1"));
        Assert.Equal("skill:a1", await ShownAsync(home, "SKILL::a1"));
        Assert.Equal("agent:team:review", await ShownAsync(home, "team:review"));
        Assert.Equal("agent:team:review", await ShownAsync(home, "agent:team:review"));
        Assert.Equal("command:skill:a1", await ShownAsync(home, "command:skill:a1"));
        (await home.RunAsync("show", "A1")).Fails("'A1' is ambiguous: it can be skill:a1 or command:a1.");
    }

    [Fact]
    public async Task A_new_home_is_what_the_original_reads()
    {
        using var place = TestHome.None();
        (await place.RunAsync("init")).Succeeds();
        (await place.RunAsync("collection", "create", "wörk 'one'")).Succeeds();
        (await place.RunAsync("collection", "use", "wörk 'one'")).Succeeds();
        const string script = """
            import json, sys, tomllib, pathlib
            home = pathlib.Path(sys.argv[1])
            print(json.dumps({str(p.relative_to(home).as_posix()): tomllib.loads(p.read_bytes().decode("utf-8")) for p in home.rglob("*") if p.suffix == ".toml" or p.name == "collection.lock"}, default=repr))
            """;
        SkmRun python;
        try
        {
            python = await SkmProcess.StartAsync("python3", ["-c", script, place.Home], Cancellation);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not on the PATH.");
            return;
        }

        if (python.Error.Contains("tomllib", StringComparison.Ordinal)) Assert.Skip("This Python has no tomllib.");
        var files = python.Succeeds().Json;
        Assert.Equal(5, files.EnumerateObject().Count());
        Assert.Equal("""{"settings":{"default-collection":"w\u00F6rk \u0027one\u0027"}}""", JsonSerializer.Serialize(files.GetProperty("config.toml")));
        foreach (var name in new[] { "default", "wörk 'one'" })
        {
            var header = files.GetProperty($"collections/{name}/collection.toml").GetProperty("collection");
            Assert.Equal(["name", "version", "created", "updated"], header.EnumerateObject().Select(p => p.Name));
            Assert.Equal((name, "1.0.0"), (header.GetProperty("name").GetString(), header.GetProperty("version").GetString()));
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?$", header.GetProperty("created").GetString()!);
            Assert.Equal("""{"lock":{"version":"1.0.0","entries":{}}}""", JsonSerializer.Serialize(files.GetProperty($"collections/{name}/collection.lock")));
        }
    }

    private static async Task<string?> ShownAsync(TestHome home, string artifact) =>
        (await home.RunAsync("show", artifact, "--format", "json")).Succeeds().Json.GetProperty("artifact_id").GetString();

    private static async Task<List<(string?, bool, int)>> ListAsync(TestHome home) =>
        (await home.RunAsync("collection", "list", "--format", "json")).Succeeds().Json.EnumerateArray()
        .Select(c => (c.GetProperty("name").GetString(), c.GetProperty("is_active").GetBoolean(), c.GetProperty("artifact_count").GetInt32())).ToList();
}
