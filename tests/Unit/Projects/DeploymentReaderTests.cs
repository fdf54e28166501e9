using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using Xunit;

namespace SkillMeat.Tests.Projects;

public sealed class DeploymentReaderTests
{
    [Fact]
    public async Task Deployments_are_read_by_profile_with_its_aliases()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("notes", "review") with { Profiles = ["claude"] });
        await scene.DeployAsync(scene.Request("notes") with { Profiles = ["cursor"] });
        await scene.DeployAsync(scene.Request("helper-bot") with { Projects = [], IncludeUser = true });
        var reader = new DeploymentReader(scene.Store, scene.Environment);

        Assert.Equal(["skill:notes claude_code", "command:review claude_code", "skill:notes cursor"], Describe(reader.Read(scene.Project, [])));
        Assert.Equal(["skill:notes claude_code", "command:review claude_code", "skill:notes cursor"], Describe(reader.Read(scene.Project, ["*"])));
        Assert.Equal(["skill:notes claude_code", "command:review claude_code"], Describe(reader.Read(scene.Project, ["claude-code"])));
        Assert.Equal(["agent:helper-bot claude_code"], Describe(reader.Read(project: null, [])));
        Assert.All(reader.Read(scene.Project, []), one => Assert.Equal((scene.Project, "default"), (one.Project, one.Collection)));
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<SkillMeatException>(() => reader.Read(scene.Project, ["nobody"])).ErrorId);
        Assert.Equal(ErrorIds.ProjectNotFound, Assert.Throws<SkillMeatException>(() => reader.Read(scene.InProject("none"), [])).ErrorId);
    }

    private static IEnumerable<string> Describe(IReadOnlyList<Deployment> deployments) => deployments.Select(one => $"{one.ArtifactId} {one.Profile}");
}
