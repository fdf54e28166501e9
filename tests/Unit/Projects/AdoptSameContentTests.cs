using SkillMeat.Projects.Adoption;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Syncing;
using SkillMeat.Storage.Files;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>A copy whose content the collection has under another name: it becomes the deployment of that artifact, where it is.</summary>
public sealed class AdoptSameContentTests
{
    private const string Records = ".claude/.skillmeat-deployed.toml";
    private const string Hook = """{"hooks": {"Stop": []}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_recorded_as_that_artifact_and_drift_sync_deploy_and_undeploy_find_it()
    {
        using var scene = await StartAsync();
        scene.Write("project/.claude/skills/pdf-tools/SKILL.md", AdoptScene.Notes);
        scene.Write("project/.claude/skills/pdf-tools/data/a.txt", "a\r\n");
        scene.Write("project/.claude/commands/rev.md", "Review\n");
        scene.Write("project/.claude/hooks/watch/settings.json", Hook);
        var before = scene.Tree();

        var planned = await scene.Adopter.AdoptAsync(scene.Request() with { DryRun = true }, Cancellation);
        Assert.False(File.Exists(scene.InProject(Records)));
        var result = await scene.AdoptAsync();

        Assert.Equal(planned.Artifacts.Select(one => one with { DryRun = false }), result.Artifacts);
        Assert.Equal(["skill:pdf Recorded", "command:review Recorded", "hook:guard Recorded"], result.Artifacts.Select(one => $"{one.ArtifactId} {one.Status}"));
        Assert.Equal((scene.InProject(".claude/skills/pdf-tools"), "collection", Path.Combine(scene.Place, "upstream", "pdf")), (result.Artifacts[0].Path, result.Artifacts[0].FoundIn, result.Artifacts[0].Upstream));
        Assert.Equal("The collection had the same content already, as skill:pdf.", result.Artifacts[0].Reason);
        Assert.Equal((before, 3), (scene.Tree(), scene.Store.Read().Artifacts.Count));
        var records = await File.ReadAllTextAsync(scene.InProject(Records), Cancellation);
        Assert.Contains("artifact_name = \"pdf\"", records, StringComparison.Ordinal);
        Assert.Contains("artifact_path = \"skills/pdf-tools\"", records, StringComparison.Ordinal);
        Assert.Equal(["skill:pdf claude_code InSync", "command:review claude_code InSync", "hook:guard claude_code InSync"], scene.Drift());
        Assert.Empty((await scene.AdoptAsync()).Artifacts);

        // The project moves on, then the collection.
        await File.AppendAllTextAsync(scene.InProject(".claude/skills/pdf-tools/SKILL.md"), "mine\n", Cancellation);
        await File.AppendAllTextAsync(scene.InProject(".claude/commands/rev.md"), "mine\n", Cancellation);
        Assert.Equal(2, scene.Drift().Count(line => line.EndsWith("Modified", StringComparison.Ordinal)));
        var synced = await new ProjectSyncer(scene.Store, scene.Environment).SyncAsync(new SyncRequest { Projects = [scene.Project] }, Cancellation);
        Assert.Equal(2, synced.Entries.Count(one => one.Status == SyncStatus.Pushed));
        Assert.Equal(
            (AdoptScene.Notes + "mine\n", "Review\nmine\n"),
            (await File.ReadAllTextAsync(scene.InCollection("skills/pdf/SKILL.md"), Cancellation), await File.ReadAllTextAsync(scene.InCollection("commands/review.md"), Cancellation)));
        Assert.Equal((false, false), (Path.Exists(scene.InCollection("skills/pdf-tools")), Path.Exists(scene.InCollection("commands/rev.md"))));
        await File.AppendAllTextAsync(scene.InCollection("skills/pdf/SKILL.md"), "ours\n", Cancellation);
        await File.AppendAllTextAsync(scene.InCollection("commands/review.md"), "ours\n", Cancellation);
        await File.AppendAllTextAsync(scene.InCollection("hooks/guard/settings.json"), "\n", Cancellation);
        Assert.All(scene.Drift(), line => Assert.EndsWith("Outdated", line, StringComparison.Ordinal));

        var deployer = new ArtifactDeployer(scene.Store, scene.Environment);
        var deployed = await deployer.DeployAsync(new DeployRequest { All = true, Projects = [scene.Project] }, Cancellation);

        Assert.All(deployed, one => Assert.Equal(DeployStatus.Updated, one.Status));
        Assert.EndsWith("ours\n", await File.ReadAllTextAsync(scene.InProject(".claude/skills/pdf-tools/SKILL.md"), Cancellation), StringComparison.Ordinal);
        Assert.Equal((false, false, false), (Path.Exists(scene.InProject(".claude/skills/pdf")), Path.Exists(scene.InProject(".claude/commands/review.md")), Path.Exists(scene.InProject(".claude/hooks/guard"))));
        Assert.All(scene.Drift(), line => Assert.EndsWith("InSync", line, StringComparison.Ordinal));
        scene.Write("project/.claude/skills/pdf-tools/own.txt", "mine");

        var removed = await deployer.UndeployAsync(new DeployRequest { All = true, Projects = [scene.Project] }, Cancellation);

        Assert.All(removed, one => Assert.Equal(DeployStatus.Removed, one.Status));
        Assert.Equal([scene.InProject(".claude/skills/pdf-tools/own.txt")], Directory.GetFiles(scene.Project, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Two_of_the_content_are_both_named_and_neither_is_taken()
    {
        using var scene = await StartAsync();
        await AddAsync(scene, "pdf", "skill", "pdf-again");
        scene.Write("project/.claude/skills/pdf-tools/SKILL.md", AdoptScene.Notes);
        scene.Write("project/.claude/skills/pdf-tools/data/a.txt", "a\r\n");
        // The name decides.
        scene.Write("project/.windsurf/skills/pdf-again/SKILL.md", AdoptScene.Notes);
        scene.Write("project/.windsurf/skills/pdf-again/data/a.txt", "a\r\n");

        var result = await scene.AdoptAsync();

        Assert.Equal(["skill:pdf-tools Adopted", "skill:pdf-again Recorded"], result.Artifacts.Select(one => $"{one.ArtifactId} {one.Status}"));
        Assert.Equal("The collection has the same content as skill:pdf, skill:pdf-again, so it is not known which of them it is.", result.Artifacts[0].Reason);
        Assert.Equal((AdoptScene.Notes, "local"), (await File.ReadAllTextAsync(scene.InCollection("skills/pdf-tools/SKILL.md"), Cancellation), result.Artifacts[0].Origin));
        Assert.Equal(2, scene.Drift().Count(line => line.EndsWith("InSync", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_folder_of_an_agent_has_one_copy_of_the_artifact()
    {
        using var scene = await StartAsync();
        foreach (var name in new[] { "a-pdf", "pdf", "z-pdf" })
        {
            scene.Write($"project/.claude/skills/{name}/SKILL.md", AdoptScene.Notes);
            scene.Write($"project/.claude/skills/{name}/data/a.txt", "a\r\n");
        }

        var result = await scene.AdoptAsync();

        Assert.Equal(["skill:a-pdf Adopted", "skill:pdf Recorded", "skill:z-pdf Adopted"], result.Artifacts.Select(one => $"{one.ArtifactId} {one.Status}"));
        Assert.Equal("The collection has the same content as skill:pdf, of which there is a copy here already.", result.Artifacts[2].Reason);
        Assert.Equal(3, scene.Drift().Count(line => line.EndsWith("InSync", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("data/a.txt", "a\n")]
    [InlineData("data/b.txt", "a\r\n")]
    [InlineData("SKILL.md", AdoptScene.Notes + " ")]
    public async Task Other_content_is_another_artifact(string path, string text)
    {
        using var scene = await StartAsync();
        scene.Write("project/.claude/skills/pdf-tools/SKILL.md", AdoptScene.Notes);
        scene.Write("project/.claude/skills/pdf-tools/data/a.txt", "a\r\n");
        scene.Write($"project/.claude/skills/pdf-tools/{path}", text);
        // The same bytes of another type.
        scene.Write("project/.claude/agents/rev.md", "Review\n");

        Assert.Equal(["skill:pdf-tools claude_code Adopted", "agent:rev claude_code Adopted"], await scene.OutcomesAsync(scene.Request()));
    }

    [Fact]
    public async Task The_records_of_another_program_come_first()
    {
        using var scene = await StartAsync();
        foreach (var name in new[] { "pdf-tools", "same-source" })
        {
            scene.Write($"project/.agents/skills/{name}/SKILL.md", AdoptScene.Notes);
            scene.Write($"project/.agents/skills/{name}/data/a.txt", "a\r\n");
        }

        scene.Write("user/elsewhere/pdf-tools/SKILL.md", AdoptScene.Notes);
        scene.Write("user/elsewhere/same-source/SKILL.md", AdoptScene.Notes);
        scene.Write("project/skills-lock.json", $$"""
            {"version": 1, "skills": {
              "pdf-tools": {"source": "ada/notes", "sourceType": "github", "skillPath": "skills/pdf-tools/SKILL.md", "computedHash": "{{ContentHash.Of(scene.InProject(".agents/skills/pdf-tools"))}}"}
            } }
            """);

        var result = await scene.AdoptAsync();

        Assert.Equal(["skill:pdf-tools Adopted npx_skills", "skill:pdf Recorded collection"], result.Artifacts.Select(one => $"{one.ArtifactId} {one.Status} {one.FoundIn}"));
        Assert.Equal("https://github.com/ada/notes/tree/HEAD/skills/pdf-tools", result.Artifacts[0].Upstream);
    }

    [Fact]
    public async Task A_planned_result_selects_it_by_its_path()
    {
        using var scene = await StartAsync();
        scene.Write("project/.claude/commands/rev.md", "Review\n");
        scene.Write("project/.claude/commands/rev2.md", "Other\n");
        var planned = (await scene.Adopter.AdoptAsync(scene.Request() with { DryRun = true }, Cancellation)).Artifacts;

        var selection = new AdoptSelection { Project = scene.Project, ArtifactId = planned[0].ArtifactId, Path = planned[0].Path, Profile = planned[0].Profile };
        Assert.Equal(["command:review claude_code Recorded"], await scene.OutcomesAsync(new AdoptRequest { Selections = [selection], Planned = planned }));
    }

    [Fact]
    public async Task A_record_of_somebody_else_with_another_name_removes_nothing_that_this_home_does_not_know()
    {
        using var scene = await StartAsync();
        scene.Write("project/.claude/skills/mine/SKILL.md", "of the user");
        var hash = ContentHash.Of(scene.InProject(".claude/skills/mine"));
        scene.Write($"project/{Records}", $"[[deployed]]\nartifact_name = \"pdf\"\nartifact_type = \"skill\"\nfrom_collection = \"default\"\nartifact_path = \"skills/mine\"\ncontent_hash = \"{hash}\"\n");
        var deployer = new ArtifactDeployer(scene.Store, scene.Environment);
        var request = new DeployRequest { Artifacts = ["pdf"], Projects = [scene.Project] };

        foreach (var one in new[] { Assert.Single(await deployer.UndeployAsync(request, Cancellation)), Assert.Single(await deployer.DeployAsync(request, Cancellation)) })
        {
            Assert.Equal(DeployStatus.Conflict, one.Status);
            Assert.Equal("of the user", await File.ReadAllTextAsync(scene.InProject(".claude/skills/mine/SKILL.md"), Cancellation));
        }

        // By force, it is kept.
        var removed = Assert.Single(await deployer.UndeployAsync(request with { Force = true }, Cancellation));
        Assert.Equal((DeployStatus.Removed, false), (removed.Status, Path.Exists(scene.InProject(".claude/skills/mine"))));
        Assert.Contains("is kept in the object store", removed.Reason, StringComparison.Ordinal);
    }

    private static async Task<AdoptScene> StartAsync()
    {
        var scene = await AdoptScene.StartAsync();
        scene.Write("upstream/pdf/SKILL.md", AdoptScene.Notes);
        scene.Write("upstream/pdf/data/a.txt", "a\r\n");
        scene.Write("upstream/review.md", "Review\n");
        scene.Write("upstream/guard/settings.json", Hook);
        await AddAsync(scene, "pdf", "skill");
        await AddAsync(scene, "review.md", "command");
        await AddAsync(scene, "guard", "hook");
        return scene;
    }

    private static async Task AddAsync(AdoptScene scene, string path, string type, string? name = null) =>
        (await scene.RunAsync(["add", type, Path.Combine(scene.Place, "upstream", path), .. name is null ? Array.Empty<string>() : ["--name", name]])).Succeeds();
}
