using System.Text.Json;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary>Names of artifacts mean the same to every command: any case, <c>type:name</c>, patterns, and an error if there is no such artifact.</summary>
public sealed class NameTests
{
    [Theory]
    [InlineData("pdf-tools")]
    [InlineData("PDF-Tools")]
    [InlineData("skill:pdf-tools")]
    [InlineData("SKILL:PDF-TOOLS")]
    [InlineData("pdf*")]
    [InlineData("PDF-TOOL?")]
    [InlineData("Skill:pdf*")]
    public async Task Every_command_finds_an_artifact_by_the_same_names(string name)
    {
        using var home = TestHome.Sample();

        Assert.Equal("skill:pdf-tools", (await home.RunAsync("show", name, "--format", "json")).Succeeds().Json.GetProperty("artifact_id").GetString());
        Assert.Equal(["skill:pdf-tools"], Ids((await home.RunAsync("list", "-n", name, "--format", "json")).Succeeds().Json));
        Assert.Equal(["skill:pdf-tools"], Ids((await home.RunAsync("update", name, "--dry-run", "--format", "json")).Succeeds().Json));
        Assert.Equal(["skill:pdf-tools"], Ids((await home.RunAsync("collection", "refresh", "-n", name, "--dry-run", "--format", "json")).Succeeds().Json.GetProperty("entries")));
        Assert.Equal(["skill:pdf-tools"], Ids((await home.RunAsync("remove", name, "--dry-run", "--format", "json")).Succeeds().Json));
        var taken = (await home.RunAsync("snapshot", "new", "--format", "json")).Succeeds().Json.GetProperty("id").GetString()!;
        Assert.Equal(["skill:pdf-tools"], Ids((await home.RunAsync("remove", name, "--yes", "--format", "json")).Succeeds().Json));
        if (name.AsSpan().IndexOfAny('*', '?') < 0) (await home.RunAsync("snapshot", "restore", taken, "-a", name, "--yes")).Succeeds();
    }

    [Theory]
    [InlineData("show pdf-tool")]
    [InlineData("list -n pdf-tool")]
    [InlineData("list -n skill:pdf-tool")]
    [InlineData("update pdf-tool")]
    [InlineData("collection refresh -n pdf-tool")]
    [InlineData("collection refresh -n pdf-tool --dry-run")]
    [InlineData("collection refresh -n pdf-tool --check-only")]
    [InlineData("remove pdf-tool --yes")]
    [InlineData("remove pdf-tool --type skill --yes")]
    public async Task An_unknown_name_is_an_error_of_every_command(string command)
    {
        using var home = TestHome.Sample();

        var run = (await home.RunAsync(command.Split(' '))).Succeeds(1);

        var line = Assert.Single(run.ErrorLines);
        Assert.Contains("pdf-tools'?", line, StringComparison.Ordinal);
        Assert.EndsWith("[ArtifactNotFound]", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list -n pdf-tools -t command")]
    [InlineData("update pdf-tools -t command")]
    [InlineData("update pdf-tools -t command,agent")]
    [InlineData("collection refresh -n pdf-tools -t command")]
    [InlineData("collection refresh -n pdf-tools -t command --check-only")]
    [InlineData("remove pdf-tools -t command --yes")]
    public async Task A_name_of_another_type_is_unknown(string command)
    {
        using var home = TestHome.Sample();

        var run = (await home.RunAsync(command.Split(' '))).Succeeds(1);

        Assert.Contains("'default' has no artifact 'pdf-tools' of the requested type; it has skill:pdf-tools.", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pattern_shows_one_artifact_and_removes_those_that_the_prompt_lists()
    {
        using var home = TestHome.WithSkills(3);

        (await home.RunAsync("show", "a*")).Fails("'a*' is ambiguous: it can be skill:a1 or skill:a2 or skill:a3.", "ArtifactNotFound");
        (await home.RunAsync("show", "b*")).Fails("no artifact 'b*'", "ArtifactNotFound");
        Assert.Contains("No artifact matches; nothing was removed.", (await home.RunAsync("remove", "b*", "--yes")).Succeeds().Output, StringComparison.Ordinal);
        var declined = (await home.RunAsync(new SkmSurroundings { IsInteractive = true, Input = "n\n" }, "remove", "a*", "A1")).Succeeds(1);
        Assert.Contains("Remove skill:a1, skill:a2, skill:a3 and the files", declined.Error, StringComparison.Ordinal);
        Assert.Equal(["skill:a1", "skill:a2", "skill:a3"], Ids((await home.RunAsync("remove", "a*", "A1", "--yes", "--format", "json")).Succeeds().Json));
    }

    [Fact]
    public async Task A_name_with_a_star_is_a_name()
    {
        using var home = TestHome.WithSkills(2);
        home.Write(home.Manifest, File.ReadAllText(home.Manifest).Replace("name = \"a1\"", "name = \"a*\"", StringComparison.Ordinal));

        Assert.Equal("skill:a*", (await home.RunAsync("show", "a*", "--format", "json")).Succeeds().Json.GetProperty("artifact_id").GetString());
        Assert.Equal(["skill:a*"], Ids((await home.RunAsync("remove", "a*", "--keep-files", "--yes", "--format", "json")).Succeeds().Json));
    }

    private static IEnumerable<string?> Ids(JsonElement list) => list.EnumerateArray().Select(one => one.GetProperty("artifact_id").GetString());
}
