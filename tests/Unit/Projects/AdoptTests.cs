using System.Diagnostics;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Adoption;
using SkillMeat.Projects.Deploying;
using SkillMeat.Storage.Files;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Adopting what lies in a project without a record: it comes into the collection, and its files stay as they are.</summary>
public sealed class AdoptTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_types_are_adopted_and_deployed_elsewhere_and_no_byte_changes()
    {
        using var scene = await AdoptScene.StartAsync();
        scene.Write("project/.github/skills/notes/SKILL.md", AdoptScene.Notes);
        scene.Write("project/.github/skills/notes/templates/a.md", "template\r\n");
        scene.Write("project/.github/agents/helper.md", "---\nname: helper\ndescription: Helps\n---\nHelp\n");
        scene.Write("project/.claude/commands/review.md", "\uFEFF---\r\ndescription: Reviews\r\n---\r\nReview it\r\n");
        scene.Write("project/.claude/hooks/guard/settings.json", """{"hooks": {"Stop": []}}""");
        scene.Write("project/.claude/mcp/files/.mcp.json", """{"mcpServers": {"files": {"command": "npx"}}}""");
        scene.Write("project/.github/workflows/build.yml", "on: push\n");
        var before = scene.Tree();

        var planned = await scene.OutcomesAsync(scene.Request() with { DryRun = true });

        Assert.Equal((before, false), (scene.Tree(), File.Exists(scene.InProject(".github/.skillmeat-deployed.toml"))));
        Assert.Empty(scene.Store.Read().Artifacts);
        Assert.Equal(["command:review claude_code Adopted", "hook:guard claude_code Adopted", "mcp:files claude_code Adopted", "skill:notes copilot Adopted", "agent:helper copilot Adopted"], planned);
        Assert.Equal(planned, await scene.OutcomesAsync(scene.Request()));
        Assert.Equal(before, scene.Tree());
        Assert.All(scene.Drift(), line => Assert.EndsWith("InSync", line, StringComparison.Ordinal));
        Assert.Equal(5, scene.Drift().Count);
        Assert.Equal(ContentHash.Of(scene.InProject(".github/skills/notes")), ContentHash.Of(scene.InCollection("skills/notes")));
        Assert.Equal(await File.ReadAllBytesAsync(scene.InProject(".claude/commands/review.md"), Cancellation), await File.ReadAllBytesAsync(scene.InCollection("commands/review.md"), Cancellation));
        Assert.All(scene.Store.Read().Artifacts, artifact => Assert.Equal((ArtifactOrigin.Local, (string?)null), (artifact.Origin, artifact.Upstream)));
        Assert.Equal("Takes notes", scene.Artifact("skill:notes").Description);

        Assert.Empty(await scene.OutcomesAsync(scene.Request()));
        Assert.Empty(await scene.OutcomesAsync(scene.Request("notes")));
        var other = Directory.CreateDirectory(Path.Combine(scene.Place, "other")).FullName;
        await new ArtifactDeployer(scene.Store, scene.Environment).DeployAsync(new DeployRequest { All = true, Projects = [other] }, Cancellation);
        Assert.Equal(5, scene.Drift(other).Count(line => line.EndsWith("InSync", StringComparison.Ordinal)));
        (await scene.RunAsync("repair")).Succeeds();
        // An edit is drift as of any deployment, and its base is known.
        await File.AppendAllTextAsync(scene.InProject(".github/skills/notes/SKILL.md"), "mine\n", Cancellation);
        Assert.Contains("skill:notes copilot Modified", scene.Drift());
        (await scene.RunAsync("sync", "--project", scene.Project)).Succeeds();
        Assert.Contains("skill:notes copilot InSync", scene.Drift());
    }

    [Fact]
    public async Task A_folder_that_agents_share_through_links_is_adopted_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await AdoptScene.StartAsync();
        scene.Write("project/.agents/skills/notes/SKILL.md", AdoptScene.Notes);
        scene.Link("project/.claude/skills/notes", "../../.agents/skills/notes");
        scene.Link("project/.factory/skills/other-name", "../../.claude/skills/notes");
        var before = scene.Tree();

        // The link of Claude Code leads to the real folder, whose record it gets.
        Assert.Equal(["skill:notes universal Adopted"], await scene.OutcomesAsync(scene.Request() with { Profiles = ["claude"], DryRun = true }));
        Assert.Empty(await scene.OutcomesAsync(scene.Request() with { Profiles = ["windsurf"], DryRun = true }));
        Assert.Equal(["skill:notes codex Adopted"], await scene.OutcomesAsync(scene.Request() with { Profiles = ["codex"], DryRun = true }));
        Assert.Equal(["skill:notes universal Adopted"], await scene.OutcomesAsync(scene.Request()));

        Assert.Equal(before, scene.Tree());
        Assert.Equal(["skill:notes universal InSync"], scene.Drift());
        Assert.True(File.Exists(scene.InProject(".agents/.skillmeat-deployed.toml")));
        Assert.False(File.Exists(scene.InProject(".claude/.skillmeat-deployed.toml")));
        Assert.Empty((await scene.AdoptAsync()).Artifacts);
    }

    [Fact]
    public async Task The_same_content_in_the_collection_or_in_two_folders_gets_records_only()
    {
        using var scene = await AdoptScene.StartAsync();
        scene.Write("upstream/skills/notes/SKILL.md", AdoptScene.Notes);
        (await scene.RunAsync("add", "skill", Path.Combine(scene.Place, "upstream", "skills", "notes"))).Succeeds();
        foreach (var root in new[] { ".claude", ".kode", ".windsurf" }) scene.Write($"project/{root}/skills/notes/SKILL.md", AdoptScene.Notes);
        foreach (var root in new[] { ".claude", ".kode", ".windsurf" }) scene.Write($"project/{root}/skills/twin/SKILL.md", AdoptScene.Notes + (root == ".kode" ? "other" : ""));

        var result = await scene.AdoptAsync();

        Assert.Equal(
            ["skill:notes claude_code Recorded", "skill:twin claude_code Adopted", "skill:notes kode Recorded", "skill:twin kode Conflict", "skill:notes windsurf Recorded", "skill:twin windsurf Recorded"],
            result.Artifacts.Select(one => $"{one.ArtifactId} {one.Profile} {one.Status}"));
        Assert.Equal((Path.Combine(scene.Place, "upstream", "skills", "notes"), "collection"), (result.Artifacts[0].Upstream, result.Artifacts[0].FoundIn));
        Assert.Equal(5, scene.Drift().Count(line => line.EndsWith("InSync", StringComparison.Ordinal)));
        Assert.Equal(2, scene.Store.Read().Artifacts.Count);
    }

    [Fact]
    public async Task Another_artifact_of_the_name_is_a_conflict_and_nothing_of_it_changes()
    {
        using var scene = await AdoptScene.StartAsync();
        scene.Write("upstream/skills/notes/SKILL.md", AdoptScene.Notes);
        scene.Write("upstream/commands/Review.md", "Other\n");
        foreach (var path in new[] { "skills/notes", "commands/Review.md" }) (await scene.RunAsync("add", path[..(path.IndexOf('/', StringComparison.Ordinal) - 1)], Path.Combine(scene.Place, "upstream", path))).Succeeds();
        scene.Write("home/collections/default/skills/stray/SKILL.md", AdoptScene.Notes);
        scene.Write("project/.claude/skills/notes/SKILL.md", AdoptScene.Notes + "mine\n");
        scene.Write("project/.claude/skills/stray/SKILL.md", AdoptScene.Notes);
        scene.Write("project/.claude/commands/review.md", "Mine\n");
        scene.Write("project/.claude/commands/fine.md", "Fine\n");
        var (before, collection) = (scene.Tree(), await File.ReadAllTextAsync(scene.InCollection("skills/notes/SKILL.md"), Cancellation));

        var result = await scene.AdoptAsync();

        Assert.Equal(["skill:notes Conflict", "skill:stray Conflict", "command:fine Adopted", "command:review Conflict"], result.Artifacts.Select(one => $"{one.ArtifactId} {one.Status}"));
        Assert.Contains("with other content", result.Artifacts[0].Reason, StringComparison.Ordinal);
        Assert.Contains("does not list", result.Artifacts[1].Reason, StringComparison.Ordinal);
        Assert.Contains("command:Review is already at", result.Artifacts[3].Reason, StringComparison.Ordinal);
        Assert.Equal((before, collection), (scene.Tree(), await File.ReadAllTextAsync(scene.InCollection("skills/notes/SKILL.md"), Cancellation)));
        Assert.Equal(["command:fine claude_code InSync"], scene.Drift().Where(line => !line.EndsWith("Added", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Artifacts_that_cannot_be_adopted_are_told_and_the_rest_is_adopted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no pipes, and links need a privilege");
        using var scene = await AdoptScene.StartAsync();
        scene.Write("project/.claude/skills/fine/SKILL.md", AdoptScene.Notes);
        scene.Write("project/.claude/skills/pipe/SKILL.md", AdoptScene.Notes);
        using (var pipe = Process.Start("mkfifo", scene.InProject(".claude/skills/pipe/fifo"))) await pipe.WaitForExitAsync(Cancellation);
        scene.Write("project/.claude/skills/a..b/SKILL.md", AdoptScene.Notes);
        scene.Write("project/.claude/skills/hid\u200Bden/SKILL.md", AdoptScene.Notes);
        scene.Write("project/.claude/skills/con/SKILL.md", AdoptScene.Notes);
        scene.Write("project/.claude/skills/tree/SKILL.md", AdoptScene.Notes);
        scene.Write("project/.claude/skills/tree/.git/HEAD", "ref: refs/heads/main\n");
        scene.Write("project/.claude/skills/leak/SKILL.md", AdoptScene.Notes);
        scene.Link("project/.claude/skills/leak/out", "/etc");
        scene.Write("project/.claude/commands/LOUD.MD", "Loud\n");
        scene.Write("outside/skills/far/SKILL.md", AdoptScene.Notes);
        scene.Link("project/.claude/skills/far", Path.Combine(scene.Place, "outside", "skills", "far"));
        scene.Write("project/docs/near/SKILL.md", AdoptScene.Notes);
        scene.Link("project/.claude/skills/near", "../../docs/near");
        scene.Link("project/.claude/skills/nowhere", "gone");
        scene.Link("project/.github/skills", Path.Combine(scene.Place, "outside", "skills"));
        var before = scene.Tree();

        var result = await scene.AdoptAsync();

        var outcomes = result.Artifacts.ToDictionary(one => one.Name, one => (one.Status, one.Reason ?? ""));
        Assert.Equal(AdoptStatus.Adopted, outcomes["fine"].Status);
        foreach (var (name, status, text) in new[]
        {
            ("pipe", AdoptStatus.Error, "a pipe"),
            ("a..b", AdoptStatus.Error, "contains '..'"),
            ("hid\u200Bden", AdoptStatus.Error, "hidden character"),
            ("con", AdoptStatus.Error, "not a valid artifact name"),
            ("tree", AdoptStatus.Error, "working tree of git"),
            ("leak", AdoptStatus.Error, "leads out of the artifact"),
            ("LOUD", AdoptStatus.Error, "Rename it to 'LOUD.md'"),
            ("far", AdoptStatus.Skipped, "leads out of the project"),
            ("near", AdoptStatus.Skipped, "no place for artifacts"),
        })
        {
            Assert.Equal((name, status), (name, outcomes[name].Status));
            Assert.Contains(text, outcomes[name].Item2, StringComparison.Ordinal);
        }

        Assert.Equal(10, outcomes.Count);
        Assert.Contains("'" + scene.InProject(".github/skills") + "' was passed over", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(before, scene.Tree());
        Assert.Equal(["skill:fine"], scene.Store.Read().Artifacts.Select(artifact => artifact.ArtifactId));
    }

    [Fact]
    public async Task Permissions_and_links_within_an_artifact_come_along()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such permissions");
        using var scene = await AdoptScene.StartAsync();
        scene.Write("project/.claude/skills/notes/SKILL.md", AdoptScene.Notes);
        scene.Write("project/.claude/skills/notes/secret.env", "TOKEN=1");
        scene.Write("project/.claude/skills/notes/run.sh", "exit 0\n");
        scene.Link("project/.claude/skills/notes/again.md", "SKILL.md");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(scene.InProject(".claude/skills/notes/secret.env"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.SetUnixFileMode(scene.InProject(".claude/skills/notes/run.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.SetUnixFileMode(scene.InProject(".claude/skills/notes"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Assert.Equal(["skill:notes claude_code Adopted"], await scene.OutcomesAsync(scene.Request()));

        foreach (var path in new[] { "", "/secret.env", "/run.sh" })
        {
            if (!OperatingSystem.IsWindows()) Assert.Equal(File.GetUnixFileMode(scene.InProject(".claude/skills/notes" + path)), File.GetUnixFileMode(scene.InCollection("skills/notes" + path)));
        }

        Assert.Equal("SKILL.md", new FileInfo(scene.InCollection("skills/notes/again.md")).LinkTarget);
        Assert.Equal(["skill:notes claude_code InSync"], scene.Drift());
    }

    [Fact]
    public async Task Names_profiles_and_the_user_select()
    {
        using var scene = await AdoptScene.StartAsync();
        scene.Variables["CLAUDE_CONFIG_DIR"] = scene.InUser("claude-config");
        scene.Write("user/claude-config/skills/notes/SKILL.md", AdoptScene.Notes);
        scene.Write("user/claude-config/commands/one.md", "One\n");
        scene.Write("user/.codex/skills/two/SKILL.md", AdoptScene.Notes + "two\n");
        var request = new AdoptRequest { IncludeUser = true };
        var before = scene.Tree();

        Assert.Equal(["command:one claude_code Adopted"], await scene.OutcomesAsync(request with { Names = [NamePattern.Simple("on*")] }));
        Assert.Equal(["skill:two codex Adopted"], await scene.OutcomesAsync(request with { Profiles = ["codex"] }));
        Assert.Equal(["skill:notes claude_code Adopted"], await scene.OutcomesAsync(request));
        Assert.Empty(await scene.OutcomesAsync(request));

        Assert.Equal(before, scene.Tree());
        Assert.True(File.Exists(scene.InUser("claude-config/.skillmeat-deployed.toml")));
        var error = await Assert.ThrowsAnyAsync<SkillMeatException>(() => scene.AdoptAsync("nothing"));
        Assert.Equal(ErrorIds.ArtifactNotFound, error.ErrorId);
        Assert.Equal(ErrorIds.InvalidArgument, (await Assert.ThrowsAsync<SkillMeatException>(() => scene.Adopter.AdoptAsync(new AdoptRequest(), Cancellation))).ErrorId);
    }

    [Fact]
    public async Task A_file_that_changes_after_the_user_agreed_is_left_alone()
    {
        using var scene = await AdoptScene.StartAsync();
        foreach (var name in new[] { "same", "edited", "gone", "recorded" }) scene.Write($"project/.agents/skills/{name}/SKILL.md", AdoptScene.Notes);
        var planned = await scene.Adopter.AdoptAsync(scene.Request() with { DryRun = true }, Cancellation);
        scene.Write("project/.agents/skills/edited/SKILL.md", AdoptScene.Notes + "secret\n");
        scene.Write("project/.agents/skills/new/SKILL.md", AdoptScene.Notes);
        Directory.Delete(scene.InProject(".agents/skills/gone"), recursive: true);
        scene.Write("project/skills-lock.json", """{"version": 1, "skills": {"recorded": {"source": "ada/notes", "sourceType": "github", "skillPath": "x/SKILL.md"}}}""");

        var result = await scene.Adopter.AdoptAsync(scene.Request() with { Planned = planned.Artifacts }, Cancellation);

        Assert.Equal(["edited Skipped", "new Skipped", "recorded Skipped", "same Adopted"], result.Artifacts.Select(one => $"{one.Name} {one.Status}").Order(StringComparer.Ordinal));
        Assert.All(result.Artifacts.Where(one => one.Status == AdoptStatus.Skipped), one => Assert.Contains("after you agreed", one.Reason, StringComparison.Ordinal));
        Assert.Equal(["skill:same"], scene.Store.Read().Artifacts.Select(artifact => artifact.ArtifactId));
        Assert.Equal(3, scene.Drift().Count(line => line.EndsWith("Added", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_selection_means_its_project_artifact_path_and_profile_alone()
    {
        using var scene = await AdoptScene.StartAsync();
        var other = Path.Combine(scene.Place, "other");
        foreach (var folder in new[] { "project/.claude", "project/.windsurf", "other/.claude", "other/.windsurf", "user/.claude" })
        {
            foreach (var name in new[] { "one", "two" }) scene.Write($"{folder}/skills/{name}/SKILL.md", AdoptScene.Notes);
        }

        async Task<IEnumerable<string>> PlanAsync(params AdoptSelection[] selections) =>
            (await scene.Adopter.AdoptAsync(new AdoptRequest { Selections = selections, DryRun = true }, Cancellation)).Artifacts.Select(one => $"{Path.GetFileName(one.Project)} {one.Name} {one.Profile}");

        var one = new AdoptSelection { Project = scene.Project, ArtifactId = "SKILL:one", Path = scene.InProject(".windsurf/skills/one") };
        Assert.Equal(["project one windsurf"], await PlanAsync(one));
        Assert.Equal(["project one windsurf", "other two claude_code", "other two windsurf"], await PlanAsync(one, new AdoptSelection { Project = other, ArtifactId = "skill:two" }, one));
        Assert.Equal(["other one claude_code", "other two claude_code", "user one claude_code"], await PlanAsync(new AdoptSelection { Project = other, Profile = "claude" }, new AdoptSelection { ArtifactId = "skill:one" }));
        Assert.Empty(await PlanAsync(one with { Path = scene.InProject(".windsurf/skills/gone") }));
        Assert.Empty(await PlanAsync(one with { Path = Path.Combine(other, ".windsurf", "skills", "one") }));
    }
}
