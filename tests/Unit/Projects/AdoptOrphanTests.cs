using SkillMeat.Collections;
using SkillMeat.Projects.Adoption;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Storage.Files;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Copies whose record names an artifact that this home does not have: another home or Python SkillMeat deployed them, or the artifact was removed.</summary>
public sealed class AdoptOrphanTests
{
    private const string Records = ".claude/.skillmeat-deployed.toml";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_another_home_deployed_comes_into_the_collection_and_its_records_serve_both()
    {
        using var other = await ProjectScene.StartAsync();
        await other.DeployAsync(other.Request());
        var home = await CollectionStore.InitializeAsync(Path.Combine(other.Place, "second"), TimeSpan.FromSeconds(10), cancellationToken: Cancellation);
        Assert.All(Check(home, other.Project), one => Assert.Equal((DriftState.Orphaned, "adopt_or_remove"), (one.State, one.Recommendation)));
        var before = other.Tree();
        var adopter = new ArtifactAdopter(home, other.Environment);

        var planned = await adopter.AdoptAsync(new AdoptRequest { Projects = [other.Project], DryRun = true }, Cancellation);
        Assert.Equal((5, 0, before), (planned.Artifacts.Count(one => one.Status == AdoptStatus.Adopted), home.Read().Artifacts.Count, other.Tree()));
        var result = await adopter.AdoptAsync(new AdoptRequest { Projects = [other.Project] }, Cancellation);

        Assert.Equal(planned.Artifacts.Select(one => one with { DryRun = false }), result.Artifacts);
        Assert.Equal(ProjectScene.Ids.Order(StringComparer.Ordinal), home.Read().Artifacts.Select(artifact => artifact.ArtifactId).Order(StringComparer.Ordinal));
        // Both collections have the same name, so that not even the records change.
        Assert.Equal(before, other.Tree());
        Assert.All(Check(home, other.Project), one => Assert.Equal(DriftState.InSync, one.State));
        Assert.All(other.Drift().Values, state => Assert.Equal(DriftState.InSync, state));
        Assert.Empty((await adopter.AdoptAsync(new AdoptRequest { Projects = [other.Project] }, Cancellation)).Artifacts);
        // The base is known, so that an update replaces nothing else, and a removal leaves nothing.
        await File.AppendAllTextAsync(Path.Combine(home.Home, "collections", "default", "skills", "notes", "SKILL.md"), "news\n", Cancellation);
        var deployer = new ArtifactDeployer(home, other.Environment);
        Assert.Equal(DeployStatus.Updated, Assert.Single(await deployer.DeployAsync(other.Request("notes"), Cancellation)).Status);
        Assert.All(await deployer.UndeployAsync(other.Request(), Cancellation), one => Assert.Equal(DeployStatus.Removed, one.Status));
        Assert.Empty(Directory.GetFiles(other.Project, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task The_record_of_a_collection_that_is_not_here_names_the_one_that_got_it_and_keeps_the_rest()
    {
        using var scene = await AdoptScene.StartAsync();
        scene.Write("project/.claude/skills/notes/SKILL.md", AdoptScene.Notes);
        scene.Write("project/.claude/skills/mine/SKILL.md", AdoptScene.Notes + "mine\n");
        scene.Write("project/.claude/skills/gone-too/readme.md", "no skill");
        var hash = ContentHash.Of(scene.InProject(".claude/skills/notes"));
        var text = $"# by hand\r\n[[deployed]] # first\r\nartifact_name = \"notes\"\r\nartifact_type = \"skill\"\r\nfrom_collection = 'work'\r\ndeployed_at = \"2026-01-02T03:04:05.000006\"\r\nartifact_path = \"skills/notes\"\r\n"
            + $"content_hash = \"{new string('0', 64)}\"\r\nversion_lineage = [\"{new string('0', 64)}\"]\r\nmodification_detected_at = \"2026-01-03T00:00:00+00:00\"\r\nartifact_uuid = \"abc\"\r\nextra = 1 # mine\r\n\r\n"
            + "[[deployed]]\r\nartifact_name = \"gone\"\r\nartifact_type = \"skill\"\r\nfrom_collection = \"work\"\r\nartifact_path = \"skills/gone\"\r\ncollection_sha = \"aa\"\r\n";
        scene.Write($"project/{Records}", text);
        scene.Write("project/skills-lock.json", $$"""{"version": 1, "skills": {"notes": {"source": "ada/notes", "sourceType": "github", "skillPath": "skills/notes/SKILL.md", "computedHash": "{{hash}}"} } }""");
        Assert.Contains("skill:notes claude_code Orphaned", scene.Drift());

        var result = await scene.AdoptAsync();

        Assert.Equal(["skill:notes claude_code Adopted npx_skills", "skill:mine claude_code Adopted "], result.Artifacts.Select(one => $"{one.ArtifactId} {one.Profile} {one.Status} {one.FoundIn}"));
        Assert.Equal("https://github.com/ada/notes/tree/HEAD/skills/notes", scene.Artifact("skill:notes").Upstream);
        var records = await File.ReadAllTextAsync(scene.InProject(Records), Cancellation);
        Assert.StartsWith(
            "# by hand\r\n[[deployed]] # first\r\nartifact_name = \"notes\"\r\nartifact_type = \"skill\"\r\nfrom_collection = \"default\"\r\n"
            + $"deployed_at = \"2026-01-02T03:04:05.000006\"\r\nartifact_path = \"skills/notes\"\r\ncontent_hash = \"{hash}\"\r\n", records, StringComparison.Ordinal);
        Assert.Contains($"version_lineage = [\"{hash}\", \"{new string('0', 64)}\"]", records, StringComparison.Ordinal);
        Assert.Contains("artifact_uuid = \"abc\"\r\nextra = 1 # mine\r\n", records, StringComparison.Ordinal);
        Assert.DoesNotContain("modification_detected_at", records, StringComparison.Ordinal);
        Assert.Contains(text[text.LastIndexOf("[[deployed]]", StringComparison.Ordinal)..], records, StringComparison.Ordinal);
        // The one whose files are gone stays as it was.
        Assert.Equal(["skill:notes claude_code InSync", "skill:gone claude_code Removed", "skill:mine claude_code InSync"], scene.Drift());
    }

    [Fact]
    public async Task What_was_removed_from_the_collection_comes_back_as_it_is_in_the_project()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("notes", "review", "guard"));
        await scene.DeployAsync(scene.Request("helper-bot") with { Mode = DeployMode.Link });
        foreach (var id in new[] { "skill:notes", "command:review", "hook:guard", "agent:helper-bot" }) (await Run(scene, "remove", id, "--yes")).Succeeds();
        await File.AppendAllTextAsync(scene.InProject(".claude/skills/notes/SKILL.md"), "mine\n", Cancellation);
        var drift = Check(scene.Store, scene.Project);
        Assert.Equal(
            ["notes Orphaned add_to_collection", "review Orphaned adopt_or_remove", "guard Orphaned adopt_or_remove", "helper-bot Orphaned remove_from_project"],
            drift.Select(one => $"{one.Name} {one.State} {one.Recommendation}"));

        var result = await new ArtifactAdopter(scene.Store, scene.Environment).AdoptAsync(new AdoptRequest { Projects = [scene.Project] }, Cancellation);

        Assert.Equal(["skill:notes Adopted", "command:review Adopted", "hook:guard Adopted"], result.Artifacts.Select(one => $"{one.ArtifactId} {one.Status}"));
        Assert.EndsWith("mine\n", await File.ReadAllTextAsync(scene.InCollection("skills/notes/SKILL.md"), Cancellation), StringComparison.Ordinal);
        Assert.Equal(3, scene.Drift().Values.Count(state => state == DriftState.InSync));
        (await Run(scene, "repair")).Succeeds();
    }

    [Fact]
    public async Task A_record_of_a_collection_that_has_the_artifact_is_not_touched()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        (await Run(scene, "collection", "create", "second")).Succeeds();
        await File.AppendAllTextAsync(scene.InProject(".claude/skills/notes/SKILL.md"), "mine\n", Cancellation);
        Directory.Delete(scene.InCollection("hooks/guard"), recursive: true);
        var before = scene.Tree();

        Assert.Empty((await new ArtifactAdopter(scene.Store, scene.Environment).AdoptAsync(new AdoptRequest { Projects = [scene.Project], Collection = "second" }, Cancellation)).Artifacts);

        // A collection that cannot be read may have it.
        await File.WriteAllTextAsync(scene.InCollection("collection.toml"), "[[[", Cancellation);
        var result = await new ArtifactAdopter(scene.Store, scene.Environment).AdoptAsync(new AdoptRequest { Projects = [scene.Project], Collection = "second" }, Cancellation);
        Assert.Equal((0, 1, before), (result.Artifacts.Count, result.Warnings.Count, scene.Tree()));
    }

    [Fact]
    public async Task Another_content_of_the_name_is_a_conflict_and_the_same_one_is_recorded()
    {
        using var scene = await AdoptScene.StartAsync();
        foreach (var name in new[] { "same", "other" })
        {
            scene.Write($"upstream/{name}/SKILL.md", AdoptScene.Notes);
            (await scene.RunAsync("add", "skill", Path.Combine(scene.Place, "upstream", name))).Succeeds();
            scene.Write($"project/.claude/skills/{name}/SKILL.md", AdoptScene.Notes + (name == "other" ? "mine\n" : ""));
        }

        scene.Write("project/.claude/skills/pipe/SKILL.md/nothing.md", "a folder in place of the file");
        scene.Write("project/.claude/hooks/single.md", "Python SkillMeat copies single files\n");
        string Entry(string type, string name, string path) => $"[[deployed]]\nartifact_name = \"{name}\"\nartifact_type = \"{type}\"\nfrom_collection = \"work\"\nartifact_path = \"{path}\"\ncontent_hash = \"aa\"\n\n";
        var (other, rest) = (Entry("skill", "other", "skills/other"), Entry("skill", "pipe", "skills/pipe") + Entry("hook", "single", "hooks/single.md"));
        scene.Write($"project/{Records}", Entry("skill", "same", "skills/same") + other + rest);
        var before = scene.Tree();

        var result = await scene.AdoptAsync();

        Assert.Equal(["skill:same Recorded", "skill:other Conflict", "skill:pipe Error", "hook:single Error"], result.Artifacts.Select(one => $"{one.ArtifactId} {one.Status}"));
        Assert.Equal(before, scene.Tree());
        var records = await File.ReadAllTextAsync(scene.InProject(Records), Cancellation);
        Assert.Contains(other + rest, records, StringComparison.Ordinal);
        Assert.Contains("skill:same claude_code InSync", scene.Drift());
        Assert.Equal(["skill:other claude_code Conflict"], await scene.OutcomesAsync(scene.Request("other")));
        Assert.Empty(await scene.OutcomesAsync(scene.Request("same")));
    }

    [Fact]
    public async Task Links_and_shared_folders_are_told_and_lead_nothing_into_the_collection()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await AdoptScene.StartAsync();
        scene.Write("far/skills/linked/SKILL.md", AdoptScene.Notes);
        scene.Write("far/agents/helper.md", "Help\n");
        scene.Write("project/.agents/skills/shared/SKILL.md", AdoptScene.Notes);
        scene.Link("project/.claude/skills/linked", Path.Combine(scene.Place, "far", "skills", "linked"));
        scene.Link("project/.claude/skills/loop", "loop");
        scene.Link("project/.claude/agents", Path.Combine(scene.Place, "far", "agents"));
        string Entry(string type, string name, string path, string profile = "claude_code") =>
            $"[[deployed]]\nartifact_name = \"{name}\"\nartifact_type = \"{type}\"\nfrom_collection = \"work\"\nartifact_path = \"{path}\"\ncontent_hash = \"aa\"\ndeployment_profile_id = \"{profile}\"\n\n";
        scene.Write($"project/{Records}", Entry("skill", "linked", "skills/linked") + Entry("skill", "loop", "skills/loop") + Entry("agent", "helper", "agents/helper.md"));
        // Two profiles of one folder.
        scene.Write("project/.agents/.skillmeat-deployed.toml", Entry("skill", "shared", "skills/shared", "codex") + Entry("skill", "shared", "skills/shared", "amp"));
        var before = scene.Tree();

        var result = await scene.AdoptAsync();

        Assert.Equal(
            ["skill:shared codex Adopted", "skill:shared amp Recorded", "skill:linked claude_code Skipped"],
            result.Artifacts.Select(one => $"{one.ArtifactId} {one.Profile} {one.Status}").OrderByDescending(one => one, StringComparer.Ordinal));
        Assert.Contains("leads out of the project", result.Artifacts.Single(one => one.Name == "linked").Reason, StringComparison.Ordinal);
        Assert.Contains(result.Warnings, warning => warning.Contains("agents", StringComparison.Ordinal));
        Assert.Equal((before, 1), (scene.Tree(), scene.Store.Read().Artifacts.Count));
    }

    private static IReadOnlyList<ArtifactDrift> Check(CollectionStore store, string project) =>
        [.. new DriftChecker(store, _ => null).Check(new DriftRequest { Projects = [project], IncludeInSync = true, IsFull = true }, Cancellation).Artifacts];

    private static Task<SkillMeat.Tests.Support.SkmRun> Run(ProjectScene scene, params string[] arguments) => scene.RunAsync(arguments);
}
