using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm validate</c>, as scripts see it.</summary>
public sealed class ValidateCommandTests
{
    [Fact]
    public async Task Problems_are_told_with_the_contracts_keys_and_the_exit_code()
    {
        using var scene = new ArtifactScene().WithSkill("good", "Do good.\n");
        scene.Home.WriteUpstream("skills/bad/SKILL.md", "---\nname: worse\ndescription: Use when: asked\n---\nBody\n");
        scene.Home.WriteUpstream("agents/x.md", "---\nname: x\n---\nBody\n");

        var run = (await scene.RunAsync("validate", scene.Upstream(""), "--format", "json")).Succeeds(1);

        Assert.All(run.Json.EnumerateArray(), e => Assert.Equal(["path", "artifact_id", "line", "code", "severity", "message"], e.EnumerateObject().Select(p => p.Name)));
        Assert.Equal(
            [("agent:x", 1, "description-missing"), ("skill:bad", 2, "name-not-folder"), ("skill:bad", 3, "front-matter-not-yaml")],
            run.Json.EnumerateArray().Select(e => (Text(e, "artifact_id"), e.GetProperty("line").GetInt32(), Text(e, "code"))));
        Assert.All(run.Json.EnumerateArray(), e => Assert.Equal("error", Text(e, "severity")));
        Assert.EndsWith("skills/bad/SKILL.md", Text(run.Json[2], "path"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("skills/good")]
    [InlineData("skills/good/SKILL.md")]
    public async Task A_good_skill_has_no_problem(string path)
    {
        using var scene = new ArtifactScene().WithSkill("good", "Do good.\n");
        Assert.Equal(0, (await scene.RunAsync("validate", scene.Upstream(path), "--format", "json")).Succeeds().Json.GetArrayLength());
        Assert.Contains("No problems found.", (await scene.RunAsync("validate", scene.Upstream(path))).Succeeds().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("---\nname: s\ndescription:\n---\nx\n", "description-missing", "error")]
    [InlineData("---\ndescription: d\n---\nx\n", "name-missing", "error")]
    [InlineData("# no front matter\n", "front-matter-missing", "error")]
    [InlineData("---\nname: s\ndescription: d\n", "front-matter-not-closed", "error")]
    [InlineData("---\nname: s\nname: s\ndescription: d\n---\nx\n", "front-matter-duplicate-key", "error")]
    [InlineData("---\nname: 7\ndescription: d\n---\nx\n", "name-not-text", "error")]
    [InlineData("---\nname: s--s\ndescription: d\n---\nx\n", "name-hyphens", "error")]
    [InlineData("---\nname: s\ndescription: [d]\n---\nx\n", "description-not-text", "error")]
    [InlineData("---\nname: s\ndescription: d\ncompatibility: [a]\n---\nx\n", "compatibility-invalid", "error")]
    [InlineData("---\nname: s\ndescription: d\nmodel: x\n---\nx\n", "key-not-specified", "warning")]
    [InlineData("---\nname: s\ndescription: d\nmetadata:\n  version: 1\n---\nx\n", "metadata-not-texts", "warning")]
    [InlineData("\uFEFF---\nname: s\ndescription: d\n---\nx\n", "byte-order-mark", "warning")]
    [InlineData("---\nname: s\ndescription: d\n---\n\n", "no-instructions", "warning")]
    public async Task The_specification_is_heeded(string text, string code, string severity)
    {
        using var scene = new ArtifactScene();
        scene.Home.WriteUpstream("skills/s/SKILL.md", text);

        var run = (await scene.RunAsync("validate", scene.Upstream("skills/s"), "--format", "json")).Succeeds(severity == "error" ? 1 : 0);

        Assert.Contains((code, severity), run.Json.EnumerateArray().Select(e => (Text(e, "code"), Text(e, "severity"))));
    }

    [Fact]
    public async Task Long_names_and_descriptions_hooks_and_odd_file_names_are_told()
    {
        using var scene = new ArtifactScene();
        var name = new string('n', 65);
        scene.Home.WriteUpstream($"skills/{name}/SKILL.md", $"---\nname: {name}\ndescription: {new string('d', 1025)}\n---\nx\n");
        scene.Home.WriteUpstream($"skills/{name}/con.txt", "x");
        scene.Home.WriteUpstream("guard/hooks/hooks.json", "{}");
        scene.Home.WriteUpstream("guard/.mcp.json", "{");

        var run = (await scene.RunAsync("validate", scene.Upstream(""), "--format", "json")).Succeeds(1);

        Assert.Equal(["description-too-long", "json-invalid", "name-not-portable", "name-too-long", "no-hooks"], run.Json.EnumerateArray().Select(e => Text(e, "code")).Order(StringComparer.Ordinal));
        (await scene.RunAsync("validate", scene.Upstream("nowhere"))).Fails("does not exist", "InvalidArgument");
        Directory.CreateDirectory(scene.Upstream("empty"));
        Assert.Equal("no-artifact", Text((await scene.RunAsync("validate", scene.Upstream("empty"), "--format", "json")).Succeeds(1).Json[0], "code"));
    }

    private static string? Text(JsonElement entry, string key) => entry.GetProperty(key).GetString();
}
