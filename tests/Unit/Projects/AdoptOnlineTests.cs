using System.Security.Cryptography;
using System.Text;
using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Projects.Adoption;
using SkillMeat.Projects.Drift;
using SkillMeat.Refresh;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Updates;
using SkillMeat.Updates;
using SkillMeat.Upstream.Git;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Adopted artifacts and their repository: checks and updates work, and what upstream says of the files is noted.</summary>
public sealed class AdoptOnlineTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Skills_that_npx_skills_installed_are_checked_and_updated(bool hasToken, bool isOnline)
    {
        await using var scene = await StartAsync(hasToken);
        var head = scene.Git.Commit("1", GitChange.Write("skills/same/SKILL.md", Text("same")), GitChange.Write("skills/edited/SKILL.md", Text("edited")));
        var project = Project(scene);
        Write(project, "same", Text("same"));
        Write(project, "edited", Text("edited") + "mine\n");
        WriteLock(scene, project, "", "same", "edited");

        var result = await AdoptAsync(scene, project, isOnline);

        var artifacts = CollectionStore.Open(scene.Home).Read().Artifacts.ToDictionary(artifact => artifact.Name);
        Assert.All(result.Artifacts, one => Assert.Equal((AdoptStatus.Adopted, "github"), (one.Status, one.Origin)));
        Assert.Empty(result.Warnings);
        // Nobody wrote down the hashes, so only upstream can tell whose files they are.
        Assert.Equal((isOnline ? head.ToString() : null, isOnline), (artifacts["same"].ResolvedSha, artifacts["same"].ContentHash is not null));
        Assert.Equal(((string?)null, false), (artifacts["edited"].ResolvedSha, artifacts["edited"].ContentHash is not null));
        Assert.Equal(isOnline, result.Artifacts.Single(one => one.Name == "same").Reason!.Contains("Its files are those of upstream.", StringComparison.Ordinal));
        Assert.Equal(ChangeType.UpToDate, (await CheckAsync(scene))["same"]);

        scene.Git.Commit("2", GitChange.Write("skills/same/SKILL.md", Text("same") + "news\n"), GitChange.Write("skills/edited/SKILL.md", Text("edited") + "news\n"));

        Assert.Equal(isOnline ? ChangeType.Updated : ChangeType.Unknown, (await CheckAsync(scene))["same"]);
        var updated = (await scene.UpdateAsync(new UpdateRequest())).Entries.ToDictionary(entry => entry.Name, entry => entry.Status);
        Assert.Equal(isOnline, updated["same"] == UpdateStatus.Updated);
        Assert.NotEqual(UpdateStatus.Updated, updated["edited"]);
        Assert.Equal(Text("edited") + "mine\n", scene.Read("skills/edited/SKILL.md"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Files_that_the_hash_of_npx_skills_leaves_out_stay(bool isOnline)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        await using var scene = await StartAsync(hasToken: true);
        scene.Git.Commit("1", GitChange.Write("skills/same/SKILL.md", Text("same")));
        var project = Project(scene);
        Write(project, "same", Text("same"));
        WriteLock(scene, project, $", \"computedHash\": \"{Sha256Of("SKILL.md" + Text("same"))}\"", "same");
        var folder = Path.Combine(project, ".agents", "skills", "same");
        Directory.CreateDirectory(Path.Combine(folder, "node_modules", "dep"));
        await File.WriteAllTextAsync(Path.Combine(folder, "node_modules", "dep", "index.js"), "1", Cancellation);
        File.CreateSymbolicLink(Path.Combine(folder, "latest.md"), "SKILL.md");

        var one = Assert.Single((await AdoptAsync(scene, project, isOnline)).Artifacts);

        Assert.Equal((AdoptStatus.Adopted, "github"), (one.Status, one.Origin));
        Assert.Contains("hash does not cover", one.Reason, StringComparison.Ordinal);
        scene.Git.Commit("2", GitChange.Write("skills/same/SKILL.md", Text("same") + "news\n"));
        await scene.UpdateAsync();
        Assert.Equal("1", scene.Read("skills/same/node_modules/dep/index.js"));
        Assert.Equal("SKILL.md", new FileInfo(scene.At("skills/same/latest.md")).LinkTarget);
    }

    [Fact]
    public async Task The_keys_of_gh_skill_survive_an_update()
    {
        await using var scene = await StartAsync(hasToken: true);
        const string text = "---\nname: same\ndescription: About it\nmetadata:\n  github-user: ada\n---\nBody\n\n  github-repo: is a key.\n";
        scene.Git.Commit("1", GitChange.Write("skills/same/SKILL.md", text));
        var project = Project(scene);
        Write(project, "same", text);
        var tree = GitObjectId.OfFolder(Path.Combine(project, ".agents", "skills", "same"), Cancellation).ToString();
        var keyed = text.Replace("  github-user", $"  github-repo: {scene.Server.ServerUrl}/{UpdateScene.Repo}\n  github-path: skills/same\n  github-tree-sha: {tree}\n  github-user", StringComparison.Ordinal);
        Write(project, "same", keyed);

        var one = Assert.Single((await AdoptAsync(scene, project, isOnline: true)).Artifacts);

        Assert.Equal((AdoptStatus.Adopted, "gh_skill", "github"), (one.Status, one.FoundIn, one.Origin));
        Assert.Equal(ChangeType.UpToDate, (await CheckAsync(scene))["same"]);
        Assert.True(CollectionStore.Open(scene.Home).Read().Artifacts.Single().ContentHash is not null);
        scene.Git.Commit("2", GitChange.Write("skills/same/SKILL.md", text + "news\n"));
        await scene.UpdateAsync(new UpdateRequest());
        Assert.Equal(keyed + "news\n", scene.Read("skills/same/SKILL.md"));
    }

    [Theory]
    [InlineData(".claude", true)]
    [InlineData(".claude", false)]
    [InlineData(".agents", true)]
    [InlineData(".agents", false)]
    public async Task Another_skill_of_the_recorded_name_gets_no_origin(string root, bool isOnline)
    {
        await using var scene = await StartAsync(hasToken: true);
        var head = scene.Git.Commit("1", GitChange.Write("skills/same/SKILL.md", Text("same")), GitChange.Write("skills/other/SKILL.md", Text("other")));
        var project = Project(scene);
        var hashes = $", \"computedHash\": \"{new string('0', 64)}\", \"skillFolderHash\": \"{UpstreamTree(scene)}\"";
        foreach (var name in new[] { "same", "other" })
        {
            var folder = Directory.CreateDirectory(Path.Combine(project, root, "skills", name)).FullName;
            await File.WriteAllTextAsync(Path.Combine(folder, "SKILL.md"), name == "same" ? Text("same") : Text("mine"), Cancellation);
        }

        WriteLock(scene, project, hashes, "same", "other");

        var result = (await AdoptAsync(scene, project, isOnline)).Artifacts.ToDictionary(one => one.Name);

        var artifacts = CollectionStore.Open(scene.Home).Read().Artifacts.ToDictionary(artifact => artifact.Name);
        Assert.Equal(root == ".agents" ? "github" : "local", result["other"].Origin);
        Assert.Equal(root == ".agents", result["other"].Upstream is not null);
        Assert.Equal(root == ".agents" || isOnline ? "github" : "local", result["same"].Origin);
        Assert.Equal(isOnline ? head.ToString() : null, artifacts["same"].ResolvedSha);
        Assert.Null(artifacts["other"].ResolvedSha);
        Assert.NotNull(result["other"].Reason);
    }

    [Fact]
    public async Task A_copy_that_has_upstreams_content_is_no_conflict_with_an_earlier_one()
    {
        await using var scene = await StartAsync(hasToken: true);
        scene.Git.Commit("1", GitChange.Write("skills/same/SKILL.md", Text("same")), GitChange.Write("skills/other/SKILL.md", Text("other")));
        Assert.All(await scene.AddAsync($"{UpdateScene.Repo}/skills/same", $"{UpdateScene.Repo}/skills/other"), entry => Assert.Null(entry.Reason));
        scene.Git.Commit("2", GitChange.Write("skills/same/SKILL.md", Text("same") + "news\n"), GitChange.Write("skills/other/SKILL.md", Text("other") + "news\n"));
        var project = Project(scene);
        Write(project, "same", Text("same") + "news\n");
        Write(project, "other", Text("other") + "mine\n");

        Assert.Equal([AdoptStatus.Conflict, AdoptStatus.Conflict], (await AdoptAsync(scene, project, isOnline: false)).Artifacts.Select(one => one.Status));
        Assert.Equal([AdoptStatus.Conflict, AdoptStatus.Recorded], (await AdoptAsync(scene, project, isOnline: true)).Artifacts.Select(one => one.Status));

        Assert.Equal(DriftState.Modified, Drift(scene, project)["same"]);
        await scene.UpdateAsync(new UpdateRequest { Filter = UpdateScene.Only("same") });
        Assert.Equal(DriftState.Converged, Drift(scene, project)["same"]);
        Assert.EndsWith("news\n", await File.ReadAllTextAsync(Path.Combine(project, ".agents", "skills", "same", "SKILL.md"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upstream_that_does_not_answer_is_a_warning()
    {
        await using var scene = await StartAsync(hasToken: true);
        var project = Project(scene);
        Write(project, "same", Text("same"));
        File.WriteAllText(Path.Combine(project, "skills-lock.json"), """{"version": 1, "skills": {"same": {"source": "octo/none", "sourceType": "github", "skillPath": "skills/same/SKILL.md"}}}""");

        var result = await AdoptAsync(scene, project, isOnline: true);

        Assert.Contains("octo/none", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal((AdoptStatus.Adopted, $"{scene.Server.ServerUrl}/octo/none/tree/HEAD/skills/same"), (result.Artifacts[0].Status, result.Artifacts[0].Upstream));
    }

    private static Task<UpdateScene> StartAsync(bool hasToken) => UpdateScene.StartAsync(hasToken);

    private static string Text(string name) => $"---\nname: {name}\ndescription: About {name}\n---\nBody\n";

    private static string Project(UpdateScene scene) => Directory.CreateDirectory(Path.Combine(scene.Place, "project")).FullName;

    private static void Write(string project, string name, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(project, ".agents", "skills", name)).FullName;
        File.WriteAllText(Path.Combine(folder, "SKILL.md"), text);
    }

    private static void WriteLock(UpdateScene scene, string project, string more, params string[] names) =>
        File.WriteAllText(Path.Combine(project, "skills-lock.json"), $"{{\"version\": 1, \"skills\": {{{string.Join(", ", names.Select(name => RecordOf(scene, name, more)))}}}}}");

    private static string Sha256Of(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();

    private static string UpstreamTree(UpdateScene scene)
    {
        var folder = Directory.CreateDirectory(Path.Combine(scene.Place, "other")).FullName;
        File.WriteAllText(Path.Combine(folder, "SKILL.md"), Text("other"));
        return GitObjectId.OfFolder(folder, Cancellation).ToString();
    }

    private static string RecordOf(UpdateScene scene, string name, string more) =>
        $"\"{name}\": {{\"source\": \"{UpdateScene.Repo}\", \"sourceType\": \"github\", \"sourceUrl\": \"{scene.Server.ServerUrl}/{UpdateScene.Repo}.git\", \"skillPath\": \"skills/{name}/SKILL.md\"{more}}}";

    private static async Task<AdoptResult> AdoptAsync(UpdateScene scene, string project, bool isOnline)
    {
        var store = scene.Open();
        using var session = isOnline ? scene.Connect(store) : null;
        return await new ArtifactAdopter(store, scene.Environment, session).AdoptAsync(new AdoptRequest { Projects = [project] }, Cancellation);
    }

    private static Dictionary<string, DriftState> Drift(UpdateScene scene, string project) =>
        new DriftChecker(scene.Open(), scene.Environment).Check(new DriftRequest { Projects = [project], IncludeInSync = true }).Artifacts.ToDictionary(one => one.Name, one => one.State);

    private static async Task<IReadOnlyDictionary<string, ChangeType>> CheckAsync(UpdateScene scene)
    {
        var store = scene.Open();
        using var session = scene.Connect(store);
        var result = await new CollectionRefresher(store, session).CheckAsync(new RefreshRequest(), cancellationToken: Cancellation);
        return result.Checks.Where(check => check.ChangeType != ChangeType.New).ToDictionary(check => check.Name, check => check.ChangeType);
    }
}
