using SkillMeat.Errors;
using SkillMeat.Projects;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Registry;
using SkillMeat.Projects.Syncing;
using SkillMeat.Storage.Files;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Projects in which something is unusual, by accident or on purpose: a clear error and no change, or no loss.</summary>
public sealed class HostileProjectTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_folder_that_cannot_be_a_project_is_a_clear_error_everywhere()
    {
        using var scene = await ProjectScene.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(scene.Place, "file"), "x", Cancellation);
        var cases = new List<(string Path, string Id, string Text)>
        {
            (Path.Combine(scene.Place, "gone"), ErrorIds.ProjectNotFound, "There is no folder"),
            (Path.Combine(scene.Place, "file"), ErrorIds.ProjectNotFound, "is a file"),
            (scene.CollectionFolder, ErrorIds.InvalidArgument, "lies in the SkillMeat home"),
            (scene.InCollection("skills/notes"), ErrorIds.InvalidArgument, "lies in the SkillMeat home"),
            (scene.Store.Home, ErrorIds.InvalidArgument, "lies in the SkillMeat home"),
        };
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateSymbolicLink(Path.Combine(scene.Place, "link"), scene.Project);
            Directory.CreateSymbolicLink(Path.Combine(scene.Place, "dangling"), Path.Combine(scene.Place, "nowhere"));
            cases.Add((Path.Combine(scene.Place, "link"), ErrorIds.InvalidArgument, $"Name the folder that it leads to: '{scene.Project}'"));
            cases.Add((Path.Combine(scene.Place, "dangling"), ErrorIds.ProjectNotFound, "There is no folder"));
        }

        var before = ProjectScene.TreeOf(scene.CollectionFolder);
        foreach (var (path, id, text) in cases)
        {
            foreach (var act in new Func<Task>[]
            {
                () => scene.Deployer.DeployAsync(scene.Request() with { Projects = [scene.Project, path] }, Cancellation),
                () => scene.Deployer.UndeployAsync(scene.Request() with { Projects = [path] }, Cancellation),
                () => new ProjectRegistry(scene.Store).RegisterAsync([scene.Project, path], TimeSpan.FromSeconds(5), cancellationToken: Cancellation),
            })
            {
                var error = await Assert.ThrowsAsync<SkillMeatException>(act);
                Assert.Equal(id, error.ErrorId);
                Assert.Contains(text, error.Message, StringComparison.Ordinal);
            }
        }

        Assert.Equal("", scene.Tree());
        Assert.Equal(before, ProjectScene.TreeOf(scene.CollectionFolder));
        Assert.Empty(new ProjectRegistry(scene.Store).List());
    }

    [Fact]
    public async Task A_project_that_cannot_be_written_is_an_error_and_the_others_stay_as_they_are()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "permissions do not hold here");
        using var scene = await ProjectScene.StartAsync();
        var other = Directory.CreateDirectory(Path.Combine(scene.Place, "read-only")).FullName;
        foreach (var path in new[] { other, Directory.CreateDirectory(Path.Combine(other, ".claude")).FullName })
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            try
            {
                var error = await Assert.ThrowsAnyAsync<SkillMeatException>(() => scene.Deployer.DeployAsync(scene.Request() with { Projects = [scene.Project, other] }, Cancellation));
                Assert.Contains(other, error.Message, StringComparison.Ordinal);
                Assert.Equal("", scene.Tree());
            }
            finally
            {
                if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        Assert.Equal([".claude"], Directory.GetFileSystemEntries(other).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_link_into_the_collection_is_no_place_for_a_deployment()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        Directory.CreateDirectory(Path.Combine(scene.User, ".claude"));
        Directory.CreateSymbolicLink(Path.Combine(scene.User, ".claude", "skills"), scene.InCollection("skills"));
        var before = ProjectScene.TreeOf(scene.CollectionFolder);

        var error = await Assert.ThrowsAsync<SkillMeatException>(() => scene.Deployer.DeployAsync(new DeployRequest { Artifacts = ["notes"], IncludeUser = true, Force = true }, Cancellation));

        Assert.Contains("leads into the SkillMeat home", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, ProjectScene.TreeOf(scene.CollectionFolder));
    }

    [Fact]
    public async Task Agents_that_share_a_folder_through_a_link_get_one_copy_and_one_record()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        foreach (var isLater in new[] { false, true })
        {
            using var scene = await ProjectScene.StartAsync();
            Directory.CreateDirectory(scene.InProject(".agents/skills"));
            Directory.CreateDirectory(scene.InProject(".claude"));
            Directory.CreateSymbolicLink(scene.InProject(".claude/skills"), "../.agents/skills");
            var request = scene.Request("notes");

            var deployed = isLater
                ? (await scene.DeployAsync(request with { Profiles = ["codex"] })).Concat(await scene.DeployAsync(request))
                : await scene.DeployAsync(request with { Profiles = ["codex", "claude"] });

            Assert.Equal(["skill:notes codex Deployed", "skill:notes claude_code Unchanged"], deployed);
            Assert.False(File.Exists(scene.InProject(".claude/.skillmeat-deployed.toml")));
            Assert.Equal(["skill:notes codex"], scene.Drift().Keys);
            Assert.Equal(DriftState.InSync, scene.Drift().Values.Single());
            Assert.Contains("It is for codex", (await Assert.ThrowsAsync<DeploymentNotFoundException>(() => scene.Deployer.UndeployAsync(request with { Profiles = ["claude"] }, Cancellation))).Message, StringComparison.Ordinal);
            Assert.Single(await scene.Deployer.UndeployAsync(request with { Profiles = ["*"] }, Cancellation));
            Assert.Empty(Directory.GetFileSystemEntries(scene.InProject(".agents/skills")));
        }
    }

    [Fact]
    public async Task Links_that_the_user_put_into_a_copy_stay_when_it_is_removed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("notes", "guard"));
        // The content hash of deployment records passes over both.
        Directory.CreateSymbolicLink(scene.InProject(".claude/skills/notes/data"), scene.User);
        File.CreateSymbolicLink(scene.InProject(".claude/hooks/guard/soon"), "not there yet");

        var removed = await scene.Deployer.UndeployAsync(scene.Request(), Cancellation);

        Assert.All(removed, one => Assert.Equal(DeployStatus.Removed, one.Status));
        Assert.Equal(scene.User, new FileInfo(scene.InProject(".claude/skills/notes/data")).LinkTarget);
        Assert.Equal("not there yet", new FileInfo(scene.InProject(".claude/hooks/guard/soon")).LinkTarget);
        Assert.False(File.Exists(scene.InProject(".claude/skills/notes/SKILL.md")));
    }

    [Theory]
    [InlineData("artifact_path = \"../../user\"")]
    [InlineData("artifact_path = \"/etc\"")]
    [InlineData("artifact_path = \"skills/../../user\"")]
    [InlineData("artifact_path = \".\"")]
    [InlineData("artifact_path = \"\"")]
    public async Task A_record_that_leads_elsewhere_removes_nothing(string path)
    {
        using var scene = await ProjectScene.StartAsync();
        Directory.CreateDirectory(scene.InProject(".claude"));
        await File.WriteAllTextAsync(
            scene.InProject(".claude/.skillmeat-deployed.toml"),
            $"[[deployed]]\nartifact_name = \"user\"\nartifact_type = \"skill\"\nfrom_collection = \"default\"\ndeployed_at = \"2026-01-01T00:00:00\"\n{path}\ncontent_hash = \"{ContentHash.Of(scene.User)}\"\n",
            Cancellation);

        foreach (var force in new[] { false, true })
        {
            await Assert.ThrowsAnyAsync<SkillMeatException>(() => scene.Deployer.UndeployAsync(scene.Request() with { Force = force }, Cancellation));
        }

        Assert.True(Directory.Exists(scene.User));
        Assert.Single(new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { Projects = [scene.Project] }, Cancellation).Problems);
    }

    [Fact]
    public async Task A_link_that_leads_to_itself_is_no_content_and_stops_nobody()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("notes", "review"));
        Directory.Delete(scene.InProject(".claude/skills/notes"), recursive: true);
        File.CreateSymbolicLink(scene.InProject(".claude/skills/notes"), "notes");

        Assert.Equal([DriftState.Removed, DriftState.InSync], scene.Drift().Values);
        Assert.Equal(["skill:notes claude_code Conflict"], await scene.DeployAsync(scene.Request("notes")));
        Assert.Equal([DeployStatus.Conflict, DeployStatus.Removed], (await scene.Deployer.UndeployAsync(scene.Request(), Cancellation)).Select(one => one.Status));
    }

    [Theory]
    [InlineData("skill", "notes", "agents")]
    [InlineData("skill", "agents", "agents")]
    [InlineData("skill", "notes", "data/other")]
    [InlineData("skill", "notes", "skills/..other")]
    [InlineData("skill", "notes", "skills/more/other")]
    [InlineData("command", "review", "commands/other.MD")]
    [InlineData("command", "review", "commands/other.json")]
    [InlineData("skill", "notes", ".git/notes")]
    [InlineData("skill", "notes", "skills/.hidden/notes")]
    [InlineData("command", "review", "settings.local.json")]
    [InlineData("command", "settings.local.json", "settings.local.json")]
    [InlineData("command", "review", "commands/review")]
    public async Task A_record_chooses_no_other_place_than_that_of_its_artifact(string type, string name, string path)
    {
        using var scene = await ProjectScene.StartAsync();
        var file = scene.InProject($".claude/{path}{(type == "skill" ? "/SKILL.md" : "")}");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "the user's", Cancellation);
        await WriteRecordAsync(scene, type, name, path, "default", ContentHash.Of(scene.InProject($".claude/{path}")));
        var before = scene.Tree();

        foreach (var force in new[] { false, true })
        {
            Assert.Contains(path, (await Assert.ThrowsAsync<DataFileException>(() => scene.Deployer.UndeployAsync(scene.Request() with { Force = force }, Cancellation))).Message, StringComparison.Ordinal);
            var strategy = force ? SyncStrategy.Overwrite : SyncStrategy.Merge;
            var synced = await new ProjectSyncer(scene.Store, scene.Environment).SyncAsync(new SyncRequest { Projects = [scene.Project], Direction = SyncDirection.Pull, Strategy = strategy }, Cancellation);
            Assert.Contains(path, Assert.Single(synced.Entries, entry => entry.Status == SyncStatus.Error).Reason, StringComparison.Ordinal);
            if (name is not ("notes" or "review")) continue;
            var deployed = Assert.Single(await scene.Deployer.DeployAsync(scene.Request(name) with { Force = force }, Cancellation));
            Assert.Equal(DeployStatus.Error, deployed.Status);
            Assert.Contains(path, deployed.Reason, StringComparison.Ordinal);
        }

        Assert.Equal(before, scene.Tree());
        Assert.Single(Check(scene).Problems);
    }

    [Theory]
    [InlineData("command", "review", "commands/git/review.md")]
    [InlineData("command", "review.md", "commands/review.md")]
    [InlineData("command", "review.md", "commands/review.md.md")]
    [InlineData("hook", "guard", "hooks/guard.md")]
    [InlineData("skill", "notes", "skills/notes")]
    [InlineData("skill", "notes", @"skills\\notes")]
    [InlineData("skill", "notes", ".skills/notes")]
    public async Task A_record_of_another_program_is_read(string type, string name, string path)
    {
        using var scene = await ProjectScene.StartAsync();
        await WriteRecordAsync(scene, type, name, path, "default", "0a");

        var report = Check(scene);

        Assert.Empty(report.Problems);
        Assert.Equal(DriftState.Removed, Assert.Single(report.Artifacts).State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData(".x")]
    [InlineData("a/b")]
    public async Task A_record_of_an_impossible_collection_stops_no_other_project(string collection)
    {
        using var scene = await ProjectScene.StartAsync();
        var other = Directory.CreateDirectory(Path.Combine(scene.Place, "other")).FullName;
        await scene.Deployer.DeployAsync(scene.Request("notes") with { Projects = [other] }, Cancellation);
        foreach (var isLink in new[] { false, true })
        {
            if (isLink && OperatingSystem.IsWindows()) continue;
            var copy = scene.InProject(".claude/skills/notes");
            if (isLink)
            {
                Directory.Delete(copy);
                Directory.CreateSymbolicLink(copy, other);
            }
            else
            {
                Directory.CreateDirectory(copy);
            }

            await WriteRecordAsync(scene, "skill", "notes", "skills/notes", collection, "0a");

            var report = Check(scene, other);

            Assert.Empty(report.Problems);
            Assert.Equal([DriftState.Orphaned, DriftState.InSync], report.Artifacts.Select(one => one.State));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Drift_reads_nothing_that_a_link_leads_to_out_of_a_project(bool isRecorded)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await ProjectScene.StartAsync();
        var other = Directory.CreateDirectory(Path.Combine(scene.Place, "other")).FullName;
        await scene.Deployer.DeployAsync(scene.Request("notes") with { Projects = [other] }, Cancellation);
        var elsewhere = Directory.CreateDirectory(Path.Combine(scene.Place, "elsewhere", "notes")).FullName;
        await File.WriteAllTextAsync(Path.Combine(scene.Place, "elsewhere", "notes", "SKILL.md"), "secret", Cancellation);
        Directory.CreateDirectory(scene.InProject(".claude/skills"));
        if (isRecorded) await WriteRecordAsync(scene, "skill", "notes", "skills/notes", "default", "0a");
        Directory.CreateSymbolicLink(scene.InProject(".claude/skills/notes"), Path.Combine(scene.Place, "elsewhere", "notes"));

        var report = Check(scene, other);

        Assert.Empty(report.Problems);
        Assert.Equal([isRecorded ? DriftState.Conflict : DriftState.Added, DriftState.InSync], report.Artifacts.OrderByDescending(one => one.Project, StringComparer.Ordinal).Select(one => one.State));
        Assert.DoesNotContain(ContentHash.Of(elsewhere), report.Artifacts.Select(one => one.ProjectHash));

        Directory.Delete(scene.InProject(".claude/skills"), recursive: true);
        Directory.CreateSymbolicLink(scene.InProject(".claude/skills"), Path.Combine(scene.Place, "elsewhere"));
        report = Check(scene, other);
        Assert.Contains("leads out of the project", Assert.Single(report.Problems).Value.Message, StringComparison.Ordinal);
        Assert.Equal([DriftState.InSync], report.Artifacts.Select(one => one.State));
    }

    [Fact]
    public async Task A_folder_that_is_deleted_during_a_search_does_not_end_it()
    {
        using var scene = await ProjectScene.StartAsync();
        var root = Directory.CreateDirectory(Path.Combine(scene.Project, "all")).FullName;
        foreach (var path in new[] { "a/.claude/skills", "b/below", "c/.claude/skills" }) Directory.CreateDirectory(Path.Combine(root, path));
        var found = new List<string>();
        foreach (var project in new ProjectRegistry(scene.Store).Find(root, cancellationToken: Cancellation))
        {
            found.Add(project.Name);
            if (project.Name == "a") Directory.Delete(Path.Combine(root, "b"), recursive: true);
        }

        Assert.Equal(["a", "c"], found);
    }

    [Fact]
    public async Task The_users_home_folder_is_no_project()
    {
        using var scene = await ProjectScene.StartAsync();
        Directory.CreateDirectory(Path.Combine(scene.User, ".claude", "skills"));
        var below = Directory.CreateDirectory(Path.Combine(scene.User, "work", ".claude", "skills")).Parent!.Parent!.FullName;
        // As an earlier version registered it.
        await new ProjectRegistry(scene.Store, _ => null).RegisterAsync([scene.User], TimeSpan.FromSeconds(5), cancellationToken: Cancellation);
        var registry = new ProjectRegistry(scene.Store, scene.Environment);
        var before = ProjectScene.TreeOf(scene.User);

        foreach (var act in new Func<Task>[]
        {
            () => scene.Deployer.DeployAsync(scene.Request() with { Projects = [scene.User] }, Cancellation),
            () => scene.Deployer.UndeployAsync(scene.Request() with { Projects = [scene.User] }, Cancellation),
            () => new ProjectSyncer(scene.Store, scene.Environment).SyncAsync(new SyncRequest { Projects = ["user"] }, Cancellation),
            () => registry.RegisterAsync([scene.User], TimeSpan.FromSeconds(5), cancellationToken: Cancellation),
            () => Task.FromResult(Check(scene, scene.User)),
        })
        {
            var error = await Assert.ThrowsAsync<SkillMeatException>(act);
            Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
            Assert.Contains("'--user' or '-UserScope'", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, ProjectScene.TreeOf(scene.User));
        Assert.Equal([below], registry.Find(scene.User, cancellationToken: Cancellation).Select(one => one.Path));
        Assert.Equal([scene.User], new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { AllProjects = true }, Cancellation).Problems.Keys);
        Assert.Single(await registry.UnregisterAsync(["user"], TimeSpan.FromSeconds(5), cancellationToken: Cancellation));
    }

    [Fact]
    public async Task Changes_of_the_users_folders_wait_for_each_other()
    {
        using var scene = await ProjectScene.StartAsync();
        var request = new DeployRequest { Artifacts = ["notes"], IncludeUser = true, LockTimeout = TimeSpan.Zero };
        await scene.Deployer.DeployAsync(request, Cancellation);
        // As a change of another collection holds it.
        using (await scene.Store.Storage.LockAsync([ProjectSite.UserLockName], TimeSpan.FromSeconds(5), Cancellation))
        {
            await Assert.ThrowsAsync<LockTimeoutException>(() => scene.Deployer.DeployAsync(request with { Profiles = ["codex"] }, Cancellation));
            await Assert.ThrowsAsync<LockTimeoutException>(() => scene.Deployer.UndeployAsync(request, Cancellation));
            await Assert.ThrowsAsync<LockTimeoutException>(() => new ProjectSyncer(scene.Store, scene.Environment).SyncAsync(new SyncRequest { IncludeUser = true, LockTimeout = TimeSpan.Zero }, Cancellation));
            Assert.Single(await scene.DeployAsync(scene.Request("notes") with { LockTimeout = TimeSpan.FromSeconds(5) }));
        }
    }

    private static DriftReport Check(ProjectScene scene, params string[] others) =>
        new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { Projects = [scene.Project, .. others], IncludeInSync = true }, Cancellation);

    private static Task WriteRecordAsync(ProjectScene scene, string type, string name, string path, string collection, string hash)
    {
        Directory.CreateDirectory(scene.InProject(".claude"));
        return File.WriteAllTextAsync(
            scene.InProject(".claude/.skillmeat-deployed.toml"),
            $"[[deployed]] # mine\nartifact_name = \"{name}\"\nartifact_type = \"{type}\"\nfrom_collection = \"{collection}\"\ndeployed_at = \"2026-01-01T00:00:00\"\nartifact_path = \"{path}\"\ncontent_hash = \"{hash}\"\n",
            Cancellation);
    }
}
