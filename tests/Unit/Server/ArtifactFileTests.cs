using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>The files of artifacts over HTTP.</summary>
public sealed class ArtifactFileTests
{
    private const string Notes = "api/v1/collections/default/artifacts/skill:meeting-notes";

    [Fact]
    public async Task The_files_of_an_artifact_are_listed_and_read()
    {
        await using var scene = await ServiceScene.StartAsync();
        scene.Place.Write(NotesFile(scene, "logo.png"), [0x89, 0x50, 0, 0, 1]);
        var files = (await scene.GetAsync($"{Notes}/files")).Succeeds().Json;
        Assert.Equal(["SKILL.md True", "logo.png False", "templates/default.txt True"], files.GetProperty("items").EnumerateArray().Select(file => $"{file.GetProperty("path").GetString()} {file.GetProperty("is_text").GetBoolean()}"));
        Assert.Equal(3, files.GetProperty("total").GetInt32());
        var text = (await scene.GetAsync($"{Notes}/files/templates/default.txt")).Succeeds().Json;
        Assert.Equal(await File.ReadAllTextAsync(NotesFile(scene, "templates", "default.txt"), TestContext.Current.CancellationToken), text.GetProperty("text").GetString());
        Assert.False(text.GetProperty("truncated").GetBoolean());
        var logo = (await scene.GetAsync($"{Notes}/files/logo.png")).Succeeds().Json;
        Assert.Equal((JsonValueKind.Null, false, 5), (logo.GetProperty("text").ValueKind, logo.GetProperty("is_text").GetBoolean(), logo.GetProperty("size").GetInt32()));
        // The other address says the same.
        Assert.Equal((await scene.GetAsync($"{Notes}/files")).Text, (await scene.GetAsync("api/v1/artifacts/skill:meeting-notes/files")).Text);
        Assert.Equal("code-reviewer.md", (await scene.GetAsync("api/v1/artifacts/agent:code-reviewer/files")).Succeeds().Json.GetProperty("items")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task A_long_text_is_cut_between_characters()
    {
        await using var scene = await ServiceScene.StartAsync();
        await File.WriteAllTextAsync(NotesFile(scene, "long.txt"), "x" + string.Concat(Enumerable.Repeat("€", 1 << 19)), TestContext.Current.CancellationToken);
        var read = (await scene.GetAsync($"{Notes}/files/long.txt")).Succeeds().Json;
        Assert.True(read.GetProperty("truncated").GetBoolean());
        Assert.Matches("^x€+$", read.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("..%2f..%2f..%2f..%2fconfig.toml")]
    [InlineData("../../../../config.toml")]
    [InlineData("%2e%2e/%2e%2e/config.toml")]
    [InlineData("templates/..%2f..%2f..%2fcollection.toml")]
    [InlineData("%2fetc%2fpasswd")]
    [InlineData("/etc/passwd")]
    [InlineData("a%00b")]
    [InlineData("a%0ab")]
    [InlineData("templates")]
    [InlineData("templates/")]
    [InlineData("SKILL.md/x")]
    [InlineData("..%5c..%5cconfig.toml")]
    public async Task No_path_leads_out_of_the_artifact(string path)
    {
        await using var scene = await ServiceScene.StartAsync();
        var answer = await scene.GetAsync($"{Notes}/files/{path}");
        Assert.True((int)answer.Status is 400 or 404, answer.Text);
        Assert.DoesNotContain("default-collection", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_path_is_not_found()
    {
        await using var scene = await ServiceScene.StartAsync();
        (await scene.GetAsync($"{Notes}/files/{new string('a', 3000)}")).Fails(404, "FileNotFound");
        (await scene.GetAsync($"{Notes}/files/{string.Concat(Enumerable.Repeat("a/", 1000))}a")).Fails(404, "FileNotFound");
    }

    [Fact]
    public async Task A_wrong_name_is_answered_with_the_nearest()
    {
        await using var scene = await ServiceScene.StartAsync();
        Assert.Equal("SKILL.md", (await scene.GetAsync($"{Notes}/files/SKIL.md")).Fails(404, "FileNotFound").Json.GetProperty("nearest").GetString());
        Assert.Equal("skill:meeting-notes", (await scene.GetAsync("api/v1/artifacts/skill:meeting-note/files")).Fails(404, "ArtifactNotFound").Json.GetProperty("nearest").GetString());
    }

    [Fact]
    public async Task Links_are_listed_and_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right on Windows.");
        await using var scene = await ServiceScene.StartAsync();
        File.CreateSymbolicLink(NotesFile(scene, "config"), scene.Place.Config);
        Directory.CreateSymbolicLink(NotesFile(scene, "home"), scene.Place.Home);
        var files = (await scene.GetAsync($"{Notes}/files")).Succeeds().Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["SKILL.md", "config", "home", "templates/default.txt"], files.Select(file => file.GetProperty("path").GetString()));
        Assert.Equal(scene.Place.Config, files[1].GetProperty("link_target").GetString());
        Assert.Equal(JsonValueKind.Null, (await scene.GetAsync($"{Notes}/files/config")).Succeeds().Json.GetProperty("text").ValueKind);
        (await scene.GetAsync($"{Notes}/files/home/config.toml")).Fails(404, "FileNotFound");

        // The description, too, is read only where it is.
        File.Delete(NotesFile(scene, "SKILL.md"));
        File.CreateSymbolicLink(NotesFile(scene, "SKILL.md"), scene.Place.Config);
        (await scene.GetAsync($"{Notes}/manifest")).Fails(404, "FileNotFound");
    }

    [Fact]
    public async Task The_description_is_rendered_without_anything_that_runs_or_loads()
    {
        await using var scene = await ServiceScene.StartAsync();
        const string Text = """
            ---
            name: meeting-notes
            description: Notes
            ---
            # Title

            <script>alert(1)</script> <img src=x onerror=alert(1)>

            [web](https://example.org/a) [mail](mailto:a@example.org) [script](javascript:alert(1)) [data](data:text/html,x) [file](file:///etc/passwd) [near](other.md) <javascript:alert(2)>
            [hidden][ref] ![a picture](https://example.org/pixel.png) ![local](logo.png)

            [ref]: JaVaScRiPt:alert(3)

            ab

            | a | b |
            |---|---|
            | `<b>` | 2 |
            """;
        await File.WriteAllTextAsync(NotesFile(scene, "SKILL.md"), Text + "\n\nturned \u202eround\u001b[31m\n", TestContext.Current.CancellationToken);
        var read = (await scene.GetAsync($"{Notes}/manifest")).Succeeds().Json;
        var html = read.GetProperty("html").GetString()!;
        Assert.Equal("SKILL.md", read.GetProperty("path").GetString());
        Assert.StartsWith("---\nname: meeting-notes", read.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("<h1>Title</h1>", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://example.org/a\" rel=\"noopener noreferrer\" target=\"_blank\">web</a>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"mailto:a@example.org\"", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://example.org/pixel.png\" rel=\"noopener noreferrer\" target=\"_blank\">a picture</a>", html, StringComparison.Ordinal);
        Assert.Contains("<td><code>&lt;b&gt;</code></td>", html, StringComparison.Ordinal);
        Assert.Contains("turned \\u202eround", html.Replace("&#92;", "\\", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("(?i)(href|src)=\"(?!https://example.org/|mailto:)", html);
        Assert.DoesNotContain('\u001b', html);
        Assert.DoesNotContain("description: Notes", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_nested_without_end_is_shown_as_it_is()
    {
        await using var scene = await ServiceScene.StartAsync();
        foreach (var text in new[] { new string('>', 20_000) + " a", string.Concat(Enumerable.Repeat("- ", 5_000)) + "a", new string('[', 20_000), string.Concat(Enumerable.Repeat("*a **a ", 5_000)) })
        {
            await File.WriteAllTextAsync(NotesFile(scene, "SKILL.md"), text, TestContext.Current.CancellationToken);
            Assert.NotEmpty((await scene.GetAsync($"{Notes}/manifest")).Succeeds().Json.GetProperty("html").GetString()!);
        }
    }

    private static string NotesFile(ServiceScene scene, params string[] parts) => Path.Combine([scene.Place.At("collections", "default", "skills", "meeting-notes"), .. parts]);
}
