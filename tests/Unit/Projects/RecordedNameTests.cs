using SkillMeat.Projects.Adoption;
using SkillMeat.Projects.Deploying;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>A record names a place whose last name is not that of its artifact. Records come with clones of projects.</summary>
public sealed class RecordedNameTests
{
    private const string Records = ".claude/.skillmeat-deployed.toml";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a$(touch owned)")]
    [InlineData("a`touch owned`")]
    [InlineData("a;touch owned")]
    [InlineData("a & b")]
    [InlineData("a'b")]
    public async Task A_place_that_a_shell_would_run_is_not_activated(string name)
    {
        using var scene = await ProjectScene.StartAsync();
        scene.Write(Records, Record("hook", "guard", $"hooks/{name}"));

        var outcome = Assert.Single(await scene.Deployer.DeployAsync(scene.Request("guard") with { Activate = true }, Cancellation));

        Assert.Equal(DeployStatus.Conflict, outcome.Status);
        Assert.Contains("a shell", outcome.Reason, StringComparison.Ordinal);
        Assert.False(File.Exists(scene.InProject(".claude/settings.json")));
        Assert.False(Directory.Exists(scene.InProject($".claude/hooks/{name}")));
    }

    [Fact]
    public async Task A_place_of_another_artifact_is_not_taken_even_by_force()
    {
        using var scene = await ProjectScene.StartAsync();
        scene.Write(Records, Record("skill", "other", "skills/notes"));
        scene.Write(".claude/skills/notes/SKILL.md", "---\nname: other\ndescription: Mine\n---\n");

        var outcome = Assert.Single(await scene.Deployer.DeployAsync(scene.Request("notes") with { Force = true }, Cancellation));

        Assert.Equal(DeployStatus.Conflict, outcome.Status);
        Assert.Contains("skill:other", outcome.Reason, StringComparison.Ordinal);
        Assert.Contains("Mine", await File.ReadAllTextAsync(scene.InProject(".claude/skills/notes/SKILL.md"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_on_a_volume_that_is_not_mounted_keeps_its_copies()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making links on Windows needs a privilege.");
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        var text = await File.ReadAllTextAsync(scene.InProject(Records), Cancellation);
        scene.Write(Records, text.Replace("from_collection = \"default\"", "from_collection = \"work\"", StringComparison.Ordinal));
        Directory.CreateSymbolicLink(Path.Combine(Path.GetDirectoryName(scene.CollectionFolder)!, "work"), Path.Combine(scene.Place, "not-mounted"));
        var before = scene.Tree();

        var result = await new ArtifactAdopter(scene.Store, scene.Environment).AdoptAsync(new AdoptRequest { Projects = [scene.Project] }, Cancellation);

        Assert.Empty(result.Artifacts);
        Assert.Equal(before, scene.Tree());
    }

    private static string Record(string type, string name, string path) =>
        $"[[deployed]]\nartifact_name = \"{name}\"\nartifact_type = \"{type}\"\nfrom_collection = \"default\"\ndeployed_at = \"2026-01-02T03:04:05\"\nartifact_path = \"{path}\"\ncontent_hash = \"{new string('0', 64)}\"\nlocal_modifications = false\n";
}
