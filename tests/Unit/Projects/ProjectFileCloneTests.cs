using System.Diagnostics;
using SkillMeat.Additions;
using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Desired;
using SkillMeat.Projects.Drift;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Artifacts whose source is a folder of the project itself, in two clones of it, with one home and with two.</summary>
public sealed class ProjectFileCloneTests
{
    private const string Own = "---\nname: own\ndescription: Own.\n---\nBody\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_clone_has_its_own_folder_as_the_source()
    {
        using var scene = await ProjectScene.StartAsync();
        var (first, second) = await CloneAsync(scene);
        await AddAndDeployAsync(scene, first);
        var export = await ExportAsync(scene.Store, scene, first);
        Assert.Empty(export.Warnings);
        var text = await File.ReadAllTextAsync(Path.Combine(first, "skillmeat.toml"), Cancellation);
        Assert.Contains("source = \"./vendor/skills/own\"", text, StringComparison.Ordinal);
        Assert.Contains("source = \"./vendor/commands/tidy.md\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Place, text, StringComparison.Ordinal);
        await GitAsync(first, "add", "skillmeat.toml");
        await GitAsync(first, "commit", "-q", "-m", "State");
        await GitAsync(second, "pull", "-q", first);

        // The home of the first clone, and that of another machine.
        foreach (var (store, isNew) in new[] { (scene.Store, false), (await CollectionStore.InitializeAsync(Path.Combine(scene.Place, "second-home"), TimeSpan.FromSeconds(10), cancellationToken: Cancellation), true) })
        {
            foreach (var isDry in new[] { true, false })
            {
                var outcomes = await InstallAsync(store, scene, second, isDry);
                Assert.Equal(["command:tidy Deployed", "skill:own Deployed"], outcomes.Select(one => $"{one.ArtifactId} {one.Status}"));
                Assert.All(outcomes, one => Assert.Equal(isNew, one.IsAdded));
            }

            Assert.Equal(Own, await File.ReadAllTextAsync(Path.Combine(second, ".claude/skills/own/SKILL.md"), Cancellation));
            Assert.Empty(new DriftChecker(store, scene.Environment).Check(new DriftRequest { Projects = [second] }, Cancellation).Artifacts);
            var again = await ExportAsync(store, scene, second);
            Assert.Equal((false, 0), (again.IsChanged, again.Warnings.Count));
            Directory.Delete(Path.Combine(second, ".claude"), recursive: true);
        }

        Assert.Equal("", await GitAsync(second, "status", "--porcelain"));
    }

    [Fact]
    public async Task Another_clone_with_another_content_is_a_conflict()
    {
        using var scene = await ProjectScene.StartAsync();
        var (first, second) = await CloneAsync(scene);
        await AddAndDeployAsync(scene, first);
        await ExportAsync(scene.Store, scene, first);
        File.Copy(Path.Combine(first, "skillmeat.toml"), Path.Combine(second, "skillmeat.toml"));
        await File.AppendAllTextAsync(Path.Combine(second, "vendor/skills/own/SKILL.md"), "Newer\n", Cancellation);
        var before = ProjectScene.TreeOf(scene.CollectionFolder);

        var outcomes = await InstallAsync(scene.Store, scene, second, isDry: false);

        Assert.Equal(["command:tidy Deployed", "skill:own Conflict"], outcomes.Select(one => $"{one.ArtifactId} {one.Status}"));
        Assert.Contains($"from '{Path.Combine(first, "vendor", "skills", "own")}', with other content than './vendor/skills/own' here", outcomes[1].Reason, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(second, ".claude/skills/own")));
        Assert.Equal(before, ProjectScene.TreeOf(scene.CollectionFolder));
    }

    [Theory]
    [InlineData("./vendor/skills/gone")]
    [InlineData("./vendor/commands/tidy.md/gone")]
    public async Task A_source_that_is_not_there_is_an_error_of_that_artifact(string source)
    {
        using var scene = await ProjectScene.StartAsync();
        var (project, _) = await CloneAsync(scene);
        await File.WriteAllTextAsync(Path.Combine(project, "skillmeat.toml"), $"[[artifacts]]\nid = \"skill:gone\"\nsource = \"{source}\"\n[[artifacts]]\nid = \"skill:own\"\nsource = \"./vendor/skills/own\"\n", Cancellation);

        foreach (var isDry in new[] { true, false })
        {
            var outcomes = await InstallAsync(scene.Store, scene, project, isDry);

            Assert.Equal(["skill:gone Error", "skill:own Deployed"], outcomes.Select(one => $"{one.ArtifactId} {one.Status}"));
            Assert.Contains($"Its source '{source}' is not in the project", outcomes[0].Reason, StringComparison.Ordinal);
        }
    }

    private static async Task<(string First, string Second)> CloneAsync(ProjectScene scene)
    {
        var origin = Path.Combine(scene.Place, "origin");
        Directory.CreateDirectory(Path.Combine(origin, "vendor/skills/own"));
        Directory.CreateDirectory(Path.Combine(origin, "vendor/commands"));
        await File.WriteAllTextAsync(Path.Combine(origin, "vendor/skills/own/SKILL.md"), Own, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(origin, "vendor/commands/tidy.md"), "---\ndescription: Tidies.\n---\nTidy up\n", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(origin, ".gitignore"), ".claude/\n", Cancellation);
        await GitAsync(origin, "init", "-q", "-b", "main");
        await GitAsync(origin, "add", ".");
        await GitAsync(origin, "commit", "-q", "-m", "Start");
        await GitAsync(scene.Place, "clone", "-q", origin, "first");
        await GitAsync(scene.Place, "clone", "-q", origin, "second");
        return (Path.Combine(scene.Place, "first"), Path.Combine(scene.Place, "second"));
    }

    private static async Task AddAndDeployAsync(ProjectScene scene, string project)
    {
        using var session = UpstreamSession.Create(scene.Store, new UpstreamSessionOptions { Environment = scene.Environment });
        var added = await new ArtifactAdder(scene.Store, session).AddAsync(
            new AddRequest { Artifacts = [new ArtifactAddition("./vendor/skills/own"), new ArtifactAddition("./vendor/commands/tidy.md") { Type = "command" }], BaseFolder = project }, Cancellation);
        Assert.All(added, entry => Assert.Equal((AddStatus.Added, null), (entry.Status, entry.Reason)));
        await scene.Deployer.DeployAsync(new DeployRequest { Artifacts = ["own", "tidy"], Projects = [project] }, Cancellation);
    }

    private static Task<ProjectExport> ExportAsync(CollectionStore store, ProjectScene scene, string project) =>
        new ProjectExporter(store, scene.Environment).ExportAsync(project, dryRun: false, TimeSpan.FromSeconds(10), Cancellation);

    private static async Task<IReadOnlyList<DeployedArtifact>> InstallAsync(CollectionStore store, ProjectScene scene, string project, bool isDry)
    {
        using var session = UpstreamSession.Create(store, new UpstreamSessionOptions { Environment = scene.Environment });
        return await new ProjectInstaller(store, scene.Environment).InstallAsync(new ProjectInstallRequest { Project = project, DryRun = isDry }, session, Cancellation);
    }

    private static async Task<string> GitAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false", .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var git = Process.Start(start)!;
        var output = await git.StandardOutput.ReadToEndAsync(Cancellation);
        var error = await git.StandardError.ReadToEndAsync(Cancellation);
        await git.WaitForExitAsync(Cancellation);
        Assert.True(git.ExitCode == 0, error);
        return output;
    }
}
