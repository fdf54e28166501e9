using System.Diagnostics;
using SkillMeat.Additions;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Desired;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Syncing;
using SkillMeat.Tests.LoopbackGitHub;
using SkillMeat.Tests.Support;
using SkillMeat.Tests.Updates;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>The file <c>skillmeat.toml</c> of a project: written from what is deployed, and installed with another home.</summary>
public sealed class ProjectFileTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_home_gets_the_state_and_twice_changes_nothing()
    {
        await using var scene = await StartAsync();
        var export = await ExportAsync(scene, scene.Open());
        var second = await SecondAsync(scene);
        var clone = await CloneAsync(scene, "clone");

        Assert.Empty(export.Warnings);
        Assert.DoesNotContain(scene.Place, await ReadFileAsync(Project(scene)), StringComparison.Ordinal);
        var dry = await InstallAsync(scene, second, clone, dryRun: true);
        Assert.Equal(["skill:a claude_code Deployed True", "skill:a codex Deployed True", "skill:b claude_code Deployed True"], Describe(dry));
        Assert.False(Directory.Exists(Path.Combine(clone, ".claude")));
        Assert.Empty(second.Read().Artifacts);

        var installed = await InstallAsync(scene, second, clone);

        Assert.Equal(Describe(dry), Describe(installed));
        Assert.Equal("v1.0.0", second.Read().Find("b").Ref);
        Assert.Equal(File.ReadAllText(Path.Combine(Project(scene), ".claude/skills/b/SKILL.md")), await File.ReadAllTextAsync(Path.Combine(clone, ".claude/skills/b/SKILL.md"), Cancellation));
        Assert.Empty(new DriftChecker(second, scene.Environment).Check(new DriftRequest { Projects = [clone] }, Cancellation).Artifacts);
        var before = ProjectScene.TreeOf(scene.Place);
        Assert.All(await InstallAsync(scene, second, clone), one => Assert.Equal((DeployStatus.Unchanged, false), (one.Status, one.IsAdded)));
        Assert.Equal(Without(before), Without(ProjectScene.TreeOf(scene.Place)));
        // The other machine writes the same file.
        var bytes = await File.ReadAllBytesAsync(Path.Combine(clone, "skillmeat.toml"), Cancellation);
        Assert.False((await ExportAsync(scene, second, clone)).IsChanged);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(clone, "skillmeat.toml"), Cancellation));
    }

    [Fact]
    public async Task Comments_keys_and_spellings_stay_in_a_second_export()
    {
        await using var scene = await StartAsync();
        await ExportAsync(scene, scene.Open());
        var written = (await ReadFileAsync(Project(scene)))
            .Replace("[[artifacts]]\nid = \"skill:a\"", "owner = 'platform' # ours\n\n[[artifacts]] # the first\nid   = 'skill:a'\nwhy = \"because\"", StringComparison.Ordinal)
            .Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.Contains("owner", written, StringComparison.Ordinal);
        await WriteFileAsync(Project(scene), written);

        Assert.False((await ExportAsync(scene, scene.Open())).IsChanged);
        await new ArtifactDeployer(scene.Open(), scene.Environment).UndeployAsync(new DeployRequest { Artifacts = ["b"], Projects = [Project(scene)] }, Cancellation);
        await DeployAsync(scene, scene.Open(), new DeployRequest { Artifacts = ["c"], Projects = [Project(scene)] });
        var export = await ExportAsync(scene, scene.Open(), prune: true);

        Assert.Equal(("skill:c", "skill:b", 0), (string.Join(' ', export.Added), string.Join(' ', export.Removed), export.Changed.Count));
        var now = await ReadFileAsync(Project(scene));
        Assert.StartsWith(written[..written.IndexOf("[[artifacts]]\r\nid = \"skill:b\"", StringComparison.Ordinal)], now, StringComparison.Ordinal);
        Assert.DoesNotContain("skill:b", now, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", now.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(["skill:c", "skill:a"], export.Artifacts.Reverse());
    }

    [Fact]
    public async Task A_local_artifact_is_said_and_a_folder_in_the_project_travels_with_it()
    {
        await using var scene = await StartAsync();
        var vendored = Path.Combine(Project(scene), "vendor", "skills", "own");
        Directory.CreateDirectory(vendored);
        await File.WriteAllTextAsync(Path.Combine(vendored, "SKILL.md"), UpdateScene.Skill("own"), Cancellation);
        var elsewhere = Directory.CreateDirectory(Path.Combine(scene.Place, "elsewhere", "skills", "private")).FullName;
        await File.WriteAllTextAsync(Path.Combine(elsewhere, "SKILL.md"), UpdateScene.Skill("private"), Cancellation);
        Assert.All(await scene.AddAsync(vendored, elsewhere), entry => Assert.Null(entry.Reason));
        await DeployAsync(scene, scene.Open(), new DeployRequest { Artifacts = ["own", "private"], Projects = [Project(scene)] });

        var export = await ExportAsync(scene, scene.Open());

        Assert.Equal("skill:private comes from a folder of this machine, so another machine needs it in its collection.", Assert.Single(export.Warnings));
        var text = await ReadFileAsync(Project(scene));
        Assert.Contains("source = \"./vendor/skills/own\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Place, text, StringComparison.Ordinal);
        var clone = await CloneAsync(scene, "clone");
        TreeCopy.Make(Path.Combine(Project(scene), "vendor"), Path.Combine(clone, "vendor"));
        var installed = await InstallAsync(scene, await SecondAsync(scene), clone);
        Assert.Equal((DeployStatus.Deployed, true), installed.Where(one => one.ArtifactId == "skill:own").Select(one => (one.Status, one.IsAdded)).Single());
        var left = installed.Single(one => one.ArtifactId == "skill:private");
        Assert.Equal(DeployStatus.Error, left.Status);
        Assert.Contains("names no source", left.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Differences_are_said_and_nothing_of_them_is_changed()
    {
        await using var scene = await StartAsync();
        await ExportAsync(scene, scene.Open());
        var second = await SecondAsync(scene);
        var clone = await CloneAsync(scene, "clone");
        await AddAsync(scene, second, "octo/skills/skills/b", "octo/skills/skills/c");
        await DeployAsync(scene, second, new DeployRequest { Artifacts = ["c"], Projects = [clone] });

        var first = await InstallAsync(scene, second, clone);

        var other = first.Single(one => one.ArtifactId == "skill:b");
        Assert.Equal(DeployStatus.Conflict, other.Status);
        Assert.Contains("follows 'latest', and skillmeat.toml names 'v1.0.0'", other.Reason, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(clone, ".claude/skills/b")));
        var unnamed = first.Single(one => one.ArtifactId == "skill:c");
        Assert.Equal((DeployStatus.Skipped, "skillmeat.toml does not name it; it stays."), (unnamed.Status, unnamed.Reason));
        Assert.True(Directory.Exists(Path.Combine(clone, ".claude/skills/c")));

        await File.AppendAllTextAsync(Path.Combine(clone, ".claude/skills/a/SKILL.md"), "mine\n", Cancellation);
        var edited = await InstallAsync(scene, second, clone);
        Assert.Equal(["claude_code Conflict", "codex Unchanged"], edited.Where(one => one.ArtifactId == "skill:a").Select(one => $"{one.Profile} {one.Status}"));
        Assert.EndsWith("mine\n", await File.ReadAllTextAsync(Path.Combine(clone, ".claude/skills/a/SKILL.md"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_commit_is_said()
    {
        await using var scene = await StartAsync();
        await ExportAsync(scene, scene.Open());
        scene.Git.Commit("3", GitChange.Write("skills/a/SKILL.md", UpdateScene.Skill("a", "newer\n")));

        var installed = await InstallAsync(scene, await SecondAsync(scene), await CloneAsync(scene, "clone"));

        Assert.Matches("^The collection has commit [0-9a-f]{8}, and skillmeat.toml names [0-9a-f]{8}\\.$", installed.First(one => one.ArtifactId == "skill:a").Reason);
        Assert.Null(installed.Single(one => one.ArtifactId == "skill:b").Reason);
    }

    [Fact]
    public async Task Nothing_is_activated_by_the_file_alone()
    {
        using var scene = await ProjectScene.StartAsync();
        await WriteFileAsync(scene.Project, "[[artifacts]]\nid = \"hook:guard\"\nactivate = true\n[[artifacts]]\nid = \"mcp:files\"\n");
        var installer = new ProjectInstaller(scene.Store, scene.Environment);

        var plain = await installer.InstallAsync(new ProjectInstallRequest { Project = scene.Project }, session: null, Cancellation);
        Assert.All(plain, one => Assert.Equal((DeployStatus.Deployed, 0), (one.Status, one.Commands.Count)));
        Assert.False(File.Exists(scene.InProject(".claude/settings.json")));

        var active = await installer.InstallAsync(new ProjectInstallRequest { Project = scene.Project, Activate = true }, session: null, Cancellation);
        Assert.True(File.Exists(scene.InProject(".claude/settings.json")));
        // Only what the file wants.
        Assert.False(File.Exists(scene.InProject(".mcp.json")));
        Assert.Equal(["hook:guard"], active.Where(one => one.Commands.Count > 0).Select(one => one.ArtifactId));
        await new ProjectExporter(scene.Store, scene.Environment).ExportAsync(scene.Project, dryRun: false, TimeSpan.FromSeconds(10), Cancellation);
        Assert.Single((await ReadFileAsync(scene.Project)).Split('\n'), line => line == "activate = true");
    }

    [Fact]
    public async Task A_mode_and_a_deployment_without_names_follow_the_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links to files need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        await WriteFileAsync(scene.Project, "[[artifacts]]\nid = \"skill:notes\"\nmode = \"link\"\nprofiles = [\"codex\", \"claude-code\"]\n[[artifacts]]\nid = \"skill:gone\"\nsource = \"octo/skills/skills/gone\"\n");

        var installer = new ProjectInstaller(scene.Store, scene.Environment);
        var copied = await installer.InstallAsync(new ProjectInstallRequest { Project = scene.Project }, session: null, Cancellation);
        Assert.Null(new FileInfo(scene.InProject(".claude/skills/notes")).LinkTarget);
        Assert.Contains("wants a link; it is a copy", copied[1].Reason, StringComparison.Ordinal);
        Directory.Delete(scene.InProject(".agents"), recursive: true);
        Directory.Delete(scene.InProject(".claude"), recursive: true);
        var dry = await installer.InstallAsync(new ProjectInstallRequest { Project = scene.Project, UseLinks = true, DryRun = true }, session: null, Cancellation);
        Assert.Equal("As a link to the collection.", dry[1].Reason);

        var outcomes = await installer.InstallAsync(new ProjectInstallRequest { Project = scene.Project, UseLinks = true }, session: null, Cancellation);

        Assert.All((await installer.InstallAsync(new ProjectInstallRequest { Project = scene.Project }, session: null, Cancellation)).Take(2), one => Assert.Equal(DeployStatus.Unchanged, one.Status));
        Assert.Equal(["skill:notes codex Deployed False", "skill:notes claude_code Deployed False", "skill:gone claude_code Skipped False"], Describe(outcomes));
        Assert.NotNull(new FileInfo(scene.InProject(".claude/skills/notes")).LinkTarget);
        await new ProjectExporter(scene.Store, scene.Environment).ExportAsync(scene.Project, dryRun: false, TimeSpan.FromSeconds(10), Cancellation);
        Assert.Contains("mode = \"link\"\nprofiles = [\"codex\", \"claude-code\"]", await ReadFileAsync(scene.Project), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sync_does_not_depend_on_the_file()
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        await WriteFileAsync(scene.Project, "[[artifacts]]\nid = \"skill:notes\"\n");
        await File.AppendAllTextAsync(scene.InProject(".claude/skills/notes/SKILL.md"), "mine\n", Cancellation);
        await File.AppendAllTextAsync(scene.InProject(".claude/commands/review.md"), "mine\n", Cancellation);
        var syncer = new ProjectSyncer(scene.Store, scene.Environment);

        Assert.Equal(["command:review Pushed", "skill:notes Pushed"], (await syncer.SyncAsync(new SyncRequest { Projects = [scene.Project] }, Cancellation)).Entries
            .Where(entry => entry.Status != SyncStatus.Unchanged).Select(entry => $"{entry.ArtifactId} {entry.Status}").Order(StringComparer.Ordinal));
        await WriteFileAsync(scene.Project, "not [ toml");
        Assert.Equal(5, (await syncer.SyncAsync(new SyncRequest { Projects = [scene.Project] }, Cancellation)).Entries.Count);
    }

    [Theory]
    [InlineData("[[artifacts]]\nid = \"skill:../evil\"\n", "not a valid name")]
    [InlineData("[[artifacts]]\nid = \"skill:.hidden\"\n", "not a valid name")]
    [InlineData("[[artifacts]]\nid = \"skill:con\"\n", "not a valid name")]
    [InlineData("[[artifacts]]\nid = \"thing:x\"\n", "not an artifact")]
    [InlineData("[[artifacts]]\nid = \"notes\"\n", "not an artifact")]
    [InlineData("[[artifacts]]\nid = \"spec_file:x\"\n", "not an artifact")]
    [InlineData("[[artifacts]]\nname = \"x\"\n", "no 'id'")]
    [InlineData("[[artifacts]]\nid = \"skill:a\"\n[[artifacts]]\nid = \"skill:a\"\n", "twice")]
    [InlineData("[[artifacts]]\nid = \"skill:a\"\nsource = \"https://user:secret@github.com/o/r\"\n", "user name or password")]
    [InlineData("[[artifacts]]\nid = \"skill:a\"\nsource = \"https://token@github.com/o/r\"\n", "user name or password")]
    [InlineData("[[artifacts]]\nid = \"skill:a\"\nsource = \"o/r\\u0007\"\n", "control characters")]
    [InlineData("[[artifacts]]\nid = \"skill:a\"\nsource = \"o/\\u202Er\"\n", "control characters or hidden ones")]
    [InlineData("[[artifacts]]\nid = \"skill:a\"\nversion = \"--upload-pack=x\"\n", "not a version")]
    [InlineData("[[artifacts]]\nid = \"skill:a\"\nprofiles = [\"nobody\"]\n", "not a profile")]
    [InlineData("[[artifacts]]\nid = \"skill:a\"\nprofiles = \"claude\"\n", "not a list of strings")]
    [InlineData("[[artifacts]]\nid = \"skill:a\"\nmode = \"move\"\n", "not a mode")]
    [InlineData("artifacts = 1\n", "not an array of tables")]
    [InlineData("not = [ toml", "")]
    public async Task A_hostile_file_is_an_error_that_changes_nothing(string text, string problem)
    {
        using var scene = await ProjectScene.StartAsync();
        await WriteFileAsync(scene.Project, text);
        var before = ProjectScene.TreeOf(scene.Place);

        var error = await Assert.ThrowsAsync<DataFileException>(() => new ProjectInstaller(scene.Store, scene.Environment).InstallAsync(new ProjectInstallRequest { Project = scene.Project }, session: null, Cancellation));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DataFileException>(() => new ProjectExporter(scene.Store, scene.Environment).ExportAsync(scene.Project, dryRun: false, TimeSpan.FromSeconds(10), Cancellation));
        Assert.Equal(Without(before), Without(ProjectScene.TreeOf(scene.Place)));
    }

    [Fact]
    public async Task A_source_outside_of_the_project_is_not_read()
    {
        using var scene = await ProjectScene.StartAsync();
        var secret = Directory.CreateDirectory(Path.Combine(scene.Place, "secret", "skills", "private")).FullName;
        await File.WriteAllTextAsync(Path.Combine(secret, "SKILL.md"), UpdateScene.Skill("private"), Cancellation);
        var sources = new List<string> { secret, "../secret/skills/private", "~/private", "vendor/../../secret/skills/private" };
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateSymbolicLink(scene.InProject("linked"), Path.Combine(scene.Place, "secret"));
            Directory.CreateSymbolicLink(scene.InProject("private"), secret);
            sources.AddRange(["./linked/skills/private", "./private"]);
        }

        foreach (var source in sources)
        {
            await WriteFileAsync(scene.Project, $"[[artifacts]]\nid = \"skill:private\"\nsource = '{source}'\n");
            using var session = UpstreamSession.Create(scene.Store, new UpstreamSessionOptions { Environment = scene.Environment });
            var one = Assert.Single(await new ProjectInstaller(scene.Store, scene.Environment).InstallAsync(new ProjectInstallRequest { Project = scene.Project }, session, Cancellation));
            Assert.True(one.Status == DeployStatus.Error, $"{source}: {one.Status} {one.Reason}");
            Assert.DoesNotContain(scene.Store.Read().Artifacts, artifact => artifact.Name == "private");
        }
    }

    [Fact]
    public async Task Only_a_regular_file_of_limited_size_is_opened()
    {
        using var scene = await ProjectScene.StartAsync();
        var (file, installer) = (scene.InProject("skillmeat.toml"), new ProjectInstaller(scene.Store, scene.Environment));
        Assert.Equal(ErrorIds.InvalidArgument, (await Assert.ThrowsAsync<SkillMeatException>(Install)).ErrorId);
        Directory.CreateDirectory(file);
        Assert.Equal(ErrorIds.StorageFailed, (await Assert.ThrowsAsync<StorageException>(Install)).ErrorId);
        Directory.Delete(file);
        await File.WriteAllBytesAsync(file, new byte[(1 << 20) + 1], Cancellation);
        Assert.Equal(ErrorIds.StorageFailed, (await Assert.ThrowsAsync<StorageException>(Install)).ErrorId);
        File.Delete(file);
        if (OperatingSystem.IsWindows()) return;
        await File.WriteAllTextAsync(Path.Combine(scene.Place, "target.toml"), "secret = 1\n", Cancellation);
        File.CreateSymbolicLink(file, Path.Combine(scene.Place, "target.toml"));
        Assert.Equal(ErrorIds.StorageFailed, (await Assert.ThrowsAsync<StorageException>(Install)).ErrorId);
        await Assert.ThrowsAsync<StorageException>(() => new ProjectExporter(scene.Store, scene.Environment).ExportAsync(scene.Project, dryRun: false, TimeSpan.FromSeconds(10), Cancellation));
        Assert.Equal("secret = 1\n", await File.ReadAllTextAsync(Path.Combine(scene.Place, "target.toml"), Cancellation));
        File.Delete(file);
        using (var made = Process.Start("mkfifo", [file])!) await made.WaitForExitAsync(Cancellation);
        Assert.Equal(ErrorIds.StorageFailed, (await Assert.ThrowsAsync<StorageException>(Install)).ErrorId);

        Task Install() => installer.InstallAsync(new ProjectInstallRequest { Project = scene.Project }, session: null, Cancellation);
    }

    private static string Project(UpdateScene scene) => Path.Combine(scene.Place, "project");

    /// <summary>A home with three skills of a repository, one of them pinned, of which a project has two.</summary>
    private static async Task<UpdateScene> StartAsync()
    {
        var scene = await UpdateScene.StartAsync();
        scene.Git.Tag("v1.0.0", scene.Git.Commit("1", [.. new[] { "a", "b", "c" }.Select(name => GitChange.Write($"skills/{name}/SKILL.md", UpdateScene.Skill(name)))]));
        scene.Git.Commit("2", GitChange.Write("skills/b/SKILL.md", UpdateScene.Skill("b", "newer\n")));
        await AddAsync(scene, scene.Open(), "octo/skills/skills/a", "octo/skills/skills/b@v1.0.0", "octo/skills/skills/c");
        Directory.CreateDirectory(Project(scene));
        await DeployAsync(scene, scene.Open(), new DeployRequest { Artifacts = ["a"], Projects = [Project(scene)], Profiles = ["codex", "claude"] });
        await DeployAsync(scene, scene.Open(), new DeployRequest { Artifacts = ["b"], Projects = [Project(scene)] });
        return scene;
    }

    private static async Task AddAsync(UpdateScene scene, CollectionStore store, params string[] specs)
    {
        using var session = scene.Connect(store);
        var entries = await new ArtifactAdder(store, session).AddAsync(new AddRequest { Artifacts = [.. specs.Select(spec => new ArtifactAddition(spec))], BaseFolder = scene.Place }, Cancellation);
        Assert.All(entries, entry => Assert.Null(entry.Reason));
    }

    private static async Task DeployAsync(UpdateScene scene, CollectionStore store, DeployRequest request) =>
        Assert.All(await new ArtifactDeployer(store, scene.Environment).DeployAsync(request, Cancellation), one => Assert.Equal(DeployStatus.Deployed, one.Status));

    private static Task<CollectionStore> SecondAsync(UpdateScene scene) => CollectionStore.InitializeAsync(Path.Combine(scene.Place, "second"), TimeSpan.FromSeconds(10));

    private static Task<ProjectExport> ExportAsync(UpdateScene scene, CollectionStore store, string? project = null, bool prune = false) =>
        new ProjectExporter(store, scene.Environment) { Prune = prune }.ExportAsync(project ?? Project(scene), dryRun: false, TimeSpan.FromSeconds(10), Cancellation);

    private static async Task<IReadOnlyList<DeployedArtifact>> InstallAsync(UpdateScene scene, CollectionStore store, string project, bool dryRun = false)
    {
        using var session = scene.Connect(store);
        return await new ProjectInstaller(store, scene.Environment).InstallAsync(new ProjectInstallRequest { Project = project, DryRun = dryRun }, session, Cancellation);
    }

    // Another checkout of the project, with the file alone.
    private static async Task<string> CloneAsync(UpdateScene scene, string name)
    {
        var clone = Directory.CreateDirectory(Path.Combine(scene.Place, name)).FullName;
        await WriteFileAsync(clone, await ReadFileAsync(Project(scene)));
        return clone;
    }

    private static IEnumerable<string> Describe(IEnumerable<DeployedArtifact> outcomes) => outcomes.Select(one => $"{one.ArtifactId} {one.Profile} {one.Status} {one.IsAdded}");

    private static Task<string> ReadFileAsync(string project) => File.ReadAllTextAsync(Path.Combine(project, "skillmeat.toml"), Cancellation);

    private static Task WriteFileAsync(string project, string text) => File.WriteAllTextAsync(Path.Combine(project, "skillmeat.toml"), text, Cancellation);

    // The holders of locks, caches, and the objects of the collection as a whole, which the first deployment after a change of it stores.
    private static IEnumerable<string> Without(string tree) => tree.Split('\n')
        .Where(line => !line.Contains("/locks/", StringComparison.Ordinal) && !line.Contains("/objects/", StringComparison.Ordinal) && !line.Contains("/cache/", StringComparison.Ordinal) && line.StartsWith('/'));
}
