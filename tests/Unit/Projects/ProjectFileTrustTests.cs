using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Desired;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>A <c>skillmeat.toml</c> from somebody else: it gets no commands, no links and no files of the machine by itself.</summary>
public sealed class ProjectFileTrustTests
{
    private const string Hook = """{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "echo evil"}]}]}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hook_is_not_activated_in_the_run_that_adds_it()
    {
        using var scene = await ProjectScene.StartAsync();
        Write(scene, "vendor/hooks/strange/settings.json", Hook);
        Write(scene, "skillmeat.toml", "[[artifacts]]\nid = \"hook:strange\"\nsource = \"./vendor/hooks/strange\"\nactivate = true\n");

        var dry = Assert.Single(await InstallAsync(scene, activate: true, dryRun: true));
        var first = Assert.Single(await InstallAsync(scene, activate: true));

        Assert.Equal((DeployStatus.Deployed, true, 0), (first.Status, first.IsAdded, first.Commands.Count));
        Assert.Contains("not activated in the run that adds it", first.Reason, StringComparison.Ordinal);
        Assert.Contains("not activated in the run that adds it", dry.Reason, StringComparison.Ordinal);
        Assert.False(File.Exists(scene.InProject(".claude/settings.json")));
        Assert.Equal(["echo evil"], (await InstallAsync(scene, activate: true, dryRun: true))[0].Commands);
        Assert.Equal(["echo evil"], (await InstallAsync(scene, activate: true))[0].Commands);
        Assert.True(File.Exists(scene.InProject(".claude/settings.json")));
    }

    [Fact]
    public async Task A_dry_run_says_of_what_the_collection_lacks_what_its_place_allows()
    {
        using var scene = await ProjectScene.StartAsync();
        Write(scene, "vendor/skills/own/SKILL.md", "---\nname: own\ndescription: Own.\n---\nBody\n");
        Write(scene, "vendor/skills/other/SKILL.md", "---\nname: other\ndescription: Other.\n---\nBody\n");
        Write(scene, ".claude/skills/own/SKILL.md", "Mine.\n");
        Write(scene, "skillmeat.toml", "[[artifacts]]\nid = \"skill:own\"\nsource = \"./vendor/skills/own\"\n[[artifacts]]\nid = \"skill:other\"\nsource = \"./vendor/skills/other\"\n");

        var dry = await InstallAsync(scene, dryRun: true);
        var real = await InstallAsync(scene);

        Assert.Equal([DeployStatus.Conflict, DeployStatus.Deployed], dry.Select(one => one.Status));
        Assert.Equal(real.Select(one => (one.Status, one.IsAdded, one.Path)), dry.Select(one => (one.Status, one.IsAdded, one.Path)));
        Assert.Equal("Mine.\n", await File.ReadAllTextAsync(scene.InProject(".claude/skills/own/SKILL.md"), Cancellation));
    }

    [Fact]
    public async Task A_dry_run_says_that_a_link_is_at_the_place_of_what_the_collection_lacks()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        Write(scene, "vendor/skills/own/SKILL.md", "---\nname: own\ndescription: Own.\n---\nBody\n");
        Write(scene, "skillmeat.toml", "[[artifacts]]\nid = \"skill:own\"\nsource = \"./vendor/skills/own\"\n");
        Directory.CreateDirectory(scene.InProject(".claude/skills"));
        Directory.CreateSymbolicLink(scene.InProject(".claude/skills/own"), scene.InProject("vendor/skills/own"));

        Assert.Equal(DeployStatus.Conflict, Assert.Single(await InstallAsync(scene, dryRun: true)).Status);
        Assert.Equal(DeployStatus.Conflict, Assert.Single(await InstallAsync(scene)).Status);
    }

    [Theory]
    [InlineData("vendor/skills/own/key", "../../../../secret")]
    [InlineData("vendor/skills/own/keys", "../../../../keys")]
    [InlineData("vendor/skills/own/hop", "../../hop")]
    public async Task A_source_in_the_project_brings_nothing_from_outside_of_it(string link, string target)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        // The project was unpacked in a folder that is itself a repository, as a home folder can be.
        Directory.CreateDirectory(Path.Combine(scene.Place, ".git"));
        await File.WriteAllTextAsync(Path.Combine(scene.Place, "secret"), "private", Cancellation);
        Directory.CreateDirectory(Path.Combine(scene.Place, "keys"));
        await File.WriteAllTextAsync(Path.Combine(scene.Place, "keys", "id"), "private", Cancellation);
        Write(scene, "vendor/skills/own/SKILL.md", "---\nname: own\ndescription: Own.\n---\nBody\n");
        Write(scene, "vendor/hop/readme", "Harmless.\n");
        File.CreateSymbolicLink(scene.InProject("vendor/hop/further"), Path.Combine(scene.Place, "secret"));
        File.CreateSymbolicLink(scene.InProject(link), target);
        Write(scene, "skillmeat.toml", "[[artifacts]]\nid = \"skill:own\"\nsource = \"./vendor/skills/own\"\n");

        var one = Assert.Single(await InstallAsync(scene));

        Assert.Equal(DeployStatus.Error, one.Status);
        Assert.Contains("leads out of the project", one.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Store.Read().Artifacts, artifact => artifact.Name == "own");
        File.Delete(scene.InProject(link));
        File.CreateSymbolicLink(scene.InProject(link), "../../hop/readme");
        Assert.Equal(DeployStatus.Deployed, Assert.Single(await InstallAsync(scene)).Status);
    }

    [Theory]
    [InlineData(@"\\evil\share\skills\x")]
    [InlineData("//evil/share/skills/x")]
    [InlineData("file://evil/share/skills/x")]
    [InlineData("FILE:///skills/x")]
    [InlineData(" ~/skills/x")]
    [InlineData("~")]
    [InlineData(@"C:\skills\x")]
    [InlineData("C:skills/x")]
    [InlineData(@"\\?\UNC\evil\share")]
    public async Task A_source_that_is_not_relative_is_refused_by_its_text(string source)
    {
        using var scene = await ProjectScene.StartAsync();
        Write(scene, "skillmeat.toml", $"[[artifacts]]\nid = \"skill:x\"\nsource = '{source}'\n");

        var one = Assert.Single(await InstallAsync(scene, dryRun: true));

        Assert.Equal(DeployStatus.Error, one.Status);
        Assert.Contains("outside of the project", one.Reason, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<DeployedArtifact>> InstallAsync(ProjectScene scene, bool activate = false, bool dryRun = false)
    {
        using var session = UpstreamSession.Create(scene.Store, new UpstreamSessionOptions { Environment = scene.Environment });
        return await new ProjectInstaller(scene.Store, scene.Environment).InstallAsync(new ProjectInstallRequest { Project = scene.Project, Activate = activate, DryRun = dryRun }, session, Cancellation);
    }

    private static void Write(ProjectScene scene, string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(scene.InProject(path))!);
        File.WriteAllText(scene.InProject(path), text);
    }
}
