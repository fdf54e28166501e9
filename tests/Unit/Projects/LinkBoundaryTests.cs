using SkillMeat.Projects.Desired;
using SkillMeat.Storage.Files;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Links in a folder that a project named are followed within the project only, also by every later check and update, even if the project lies in a larger repository.</summary>
public sealed class LinkBoundaryTests
{
    private const string Source = "vendor/skills/own";
    private const string Text = "---\nname: own\ndescription: Own.\n---\nBody\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_update_follows_no_link_that_the_installation_would_not_have()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await StartAsync();
        await InstallAsync(scene);
        ChangeSource(scene);

        Assert.Equal(2, (await scene.RunAsync("collection", "refresh", "--check-only", "--name", "own", "--format", "json")).ExitCode);
        var updated = (await scene.RunAsync("update", "own", "--yes")).Succeeds();

        AssertBounded(scene, updated.Output + updated.Error);
        // The check follows the same links as the update.
        (await scene.RunAsync("collection", "refresh", "--check-only", "--name", "own")).Succeeds();
        // A sync of an edit keeps the boundary.
        (await scene.RunAsync("deploy", "own", "--project", scene.Project)).Succeeds();
        await File.AppendAllTextAsync(scene.InProject(".claude/skills/own/SKILL.md"), "mine\n", Cancellation);
        (await scene.RunAsync("sync", "--project", scene.Project)).Succeeds();
        Write(scene, $"{Source}/more.md", "more");
        (await scene.RunAsync("update", "own", "--yes")).Succeeds();
        Assert.True(File.Exists(scene.InCollection("skills/own/more.md")));
        AssertBounded(scene);
    }

    [Fact]
    public async Task A_refresh_reads_no_description_from_outside()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await StartAsync();
        await InstallAsync(scene);
        await File.WriteAllTextAsync(Path.Combine(scene.Place, "secret.md"), "---\nname: own\ndescription: private\n---\n", Cancellation);
        File.Delete(scene.InProject($"{Source}/SKILL.md"));
        File.CreateSymbolicLink(scene.InProject($"{Source}/SKILL.md"), "../../../../secret.md");

        await scene.RunAsync("collection", "refresh", "--yes");
        await scene.RunAsync("update", "own", "--yes");

        Assert.DoesNotContain("private", await File.ReadAllTextAsync(scene.InCollection("collection.toml"), Cancellation), StringComparison.Ordinal);
        Assert.Equal(Text, await File.ReadAllTextAsync(scene.InCollection("skills/own/SKILL.md"), Cancellation));
    }

    [Fact]
    public async Task What_the_user_added_follows_the_links_of_the_repository()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await StartAsync();
        (await scene.RunAsync("add", "skill", scene.InProject(Source))).Succeeds();
        ChangeSource(scene);

        (await scene.RunAsync("update", "own", "--yes")).Succeeds();

        Assert.Equal("private", await File.ReadAllTextAsync(scene.InCollection("skills/own/key"), Cancellation));
        Assert.DoesNotContain("link_boundary", await File.ReadAllTextAsync(scene.InCollection("collection.toml"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_in_a_folder_called_skills_is_its_own_boundary()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await StartAsync();
        var project = Path.Combine(scene.Place, "skills");
        Directory.Move(scene.Project, project);
        File.Move(Path.Combine(project, "vendor/skills/own/SKILL.md"), Path.Combine(Directory.CreateDirectory(Path.Combine(project, "own")).FullName, "SKILL.md"));
        await File.WriteAllTextAsync(Path.Combine(project, "skillmeat.toml"), "[[artifacts]]\nid = \"skill:own\"\nsource = \"./own\"\n", Cancellation);
        await InstallAsync(scene, project);
        File.CreateSymbolicLink(Path.Combine(project, "own", "key"), "../../secret");
        File.CreateSymbolicLink(Path.Combine(project, "own", "near"), "../vendor/hop/readme");

        (await scene.RunAsync("update", "own", "--yes")).Succeeds();

        AssertBounded(scene);
    }

    [Fact]
    public async Task A_folder_of_a_record_of_npx_skills_in_a_project_is_bounded_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await StartAsync();
        Write(scene, ".agents/skills/own/SKILL.md", Text);
        Write(scene, "skills-lock.json", $$"""{"version": 1, "skills": {"own": {"source": "{{scene.InProject("vendor/skills")}}", "sourceType": "local", "computedHash": "{{ContentHash.Of(scene.InProject(".agents/skills/own"))}}"} } }""");
        (await scene.RunAsync("adopt", "--project", scene.Project)).Succeeds();
        ChangeSource(scene);

        (await scene.RunAsync("update", "own", "--yes")).Succeeds();

        AssertBounded(scene);
    }

    // The project was unpacked in a folder that is itself a repository, as a home folder can be.
    private static async Task<ProjectScene> StartAsync()
    {
        var scene = await ProjectScene.StartAsync();
        Directory.CreateDirectory(Path.Combine(scene.Place, ".git"));
        await File.WriteAllTextAsync(Path.Combine(scene.Place, "secret"), "private", Cancellation);
        Write(scene, $"{Source}/SKILL.md", Text);
        Write(scene, "vendor/hop/readme", "Harmless.\n");
        Write(scene, "skillmeat.toml", $"[[artifacts]]\nid = \"skill:own\"\nsource = \"./{Source}\"\n");
        return scene;
    }

    private static void ChangeSource(ProjectScene scene)
    {
        Write(scene, $"{Source}/SKILL.md", Text + "news\n");
        File.CreateSymbolicLink(scene.InProject($"{Source}/key"), "../../../../secret");
        File.CreateSymbolicLink(scene.InProject($"{Source}/near"), "../../hop/readme");
    }

    private static void AssertBounded(ProjectScene scene, string? said = null)
    {
        Assert.False(Path.Exists(scene.InCollection("skills/own/key")));
        Assert.Equal("Harmless.\n", File.ReadAllText(scene.InCollection("skills/own/near")));
        if (said is not null) Assert.Contains("outside of the repository", said, StringComparison.Ordinal);
    }

    private static async Task InstallAsync(ProjectScene scene, string? project = null)
    {
        using var session = UpstreamSession.Create(scene.Store, new UpstreamSessionOptions { Environment = scene.Environment });
        var installed = await new ProjectInstaller(scene.Store, scene.Environment).InstallAsync(new ProjectInstallRequest { Project = project ?? scene.Project }, session, Cancellation);
        Assert.Equal(SkillMeat.Projects.Deploying.DeployStatus.Deployed, Assert.Single(installed).Status);
    }

    private static void Write(ProjectScene scene, string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(scene.InProject(path))!);
        File.WriteAllText(scene.InProject(path), text);
    }
}
