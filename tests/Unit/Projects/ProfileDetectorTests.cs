using SkillMeat.Errors;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Registry;
using Xunit;

namespace SkillMeat.Tests.Projects;

public sealed class ProfileDetectorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_machine_has_the_agents_whose_own_folders_the_user_has()
    {
        using var scene = await ProjectScene.StartAsync();
        Directory.CreateDirectory(Path.Combine(scene.User, ".codex"));
        Directory.CreateDirectory(Path.Combine(scene.User, ".claude"));
        Directory.CreateDirectory(Path.Combine(scene.User, ".agents"));

        var profiles = new ProfileDetector(scene.Store, scene.Environment).List();

        Assert.Equal(["claude_code", "codex"], profiles.Where(one => one.IsOnMachine).Select(one => one.Profile));
        Assert.All(profiles, one => Assert.Null(one.IsInProject));
        Assert.Equal("claude_code", profiles[0].Profile);
        Assert.Equal(profiles.Skip(1).Select(one => one.Profile).Order(StringComparer.Ordinal), profiles.Skip(1).Select(one => one.Profile));
        var codex = profiles.Single(one => one.Profile == "codex");
        Assert.Equal((".agents/skills", Path.Combine(scene.User, ".codex", "skills")), (codex.ProjectFolder, codex.UserFolder));
        Assert.Equal(["skill"], codex.Types);
    }

    [Theory]
    [InlineData(".cursor", "cursor")]
    // The agent of Xcode shares it, and Trae's Chinese edition the other one.
    [InlineData(".claude", "claude_code")]
    [InlineData(".trae", "trae")]
    [InlineData(".agents", "universal")]
    [InlineData("skills", null)]
    public async Task A_project_has_the_agent_that_a_folder_is_named_after(string folder, string? profile)
    {
        using var scene = await ProjectScene.StartAsync();
        Directory.CreateDirectory(Path.Combine(scene.Project, folder));
        await new ProjectRegistry(scene.Store).RegisterAsync([scene.Project], TimeSpan.FromSeconds(10), "named", Cancellation);

        foreach (var project in new[] { scene.Project, "named" })
        {
            var profiles = new ProfileDetector(scene.Store, scene.Environment).List(project);

            Assert.Equal(profile is null ? [] : [profile], profiles.Where(one => one.IsInProject == true).Select(one => one.Profile));
            Assert.All(profiles, one => Assert.Equal(scene.Project, one.Project));
        }
    }

    [Fact]
    public async Task A_project_that_does_not_exist_is_an_error()
    {
        using var scene = await ProjectScene.StartAsync();

        var error = Assert.Throws<SkillMeatException>(() => new ProfileDetector(scene.Store, scene.Environment).List(scene.InProject("none")));

        Assert.Equal(ErrorIds.ProjectNotFound, error.ErrorId);
    }
}
