using System.Runtime.Versioning;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Syncing;
using SkillMeat.Snapshots;
using Xunit;

using static SkillMeat.Tests.Projects.SyncedProject;

namespace SkillMeat.Tests.Projects;

/// <summary>Files that cannot be synchronized stay as they are, and the reason is told.</summary>
public sealed class SyncRefusalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_artifact_that_left_the_collection_can_be_forked_into_it()
    {
        using var scene = await DeployedAsync();
        await new SkillMeat.Removals.ArtifactRemover(scene.Store).RemoveAsync(new SkillMeat.Removals.RemoveRequest { Artifacts = ["notes"] }, Cancellation);

        Assert.Equal(SyncStatus.Skipped, Assert.Single(await SyncAsync(scene, SyncDirection.Both, "notes")).Status);
        Assert.Equal("skill:notes-fork", Assert.Single(await SyncAsync(scene, new SyncRequest { Projects = [scene.Project], Names = [NamePattern.Simple("notes")], Strategy = SyncStrategy.Fork })).ForkedAs);
        Assert.All(scene.Drift().Values, state => Assert.Equal(DriftState.InSync, state));
    }

    [Fact]
    public async Task A_link_is_skipped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await DeployedAsync();
        Directory.Delete(scene.InProject(".claude/skills/notes"), recursive: true);
        Directory.CreateSymbolicLink(scene.InProject(".claude/skills/notes"), scene.InCollection("skills/notes"));
        await File.AppendAllTextAsync(scene.InProject(Copy), "through the link\n", Cancellation);

        Assert.Equal(SyncStatus.Skipped, Assert.Single(await SyncAsync(scene, SyncDirection.Both, "notes")).Status);
    }

    [Fact]
    public async Task A_link_out_of_the_artifact_does_not_come_into_the_collection()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        using var scene = await DeployedAsync();
        File.CreateSymbolicLink(scene.InProject(".claude/skills/notes/secret.md"), "../../../../secret");

        var entry = Assert.Single(await SyncAsync(scene, SyncDirection.Push, "notes"));

        Assert.Equal((SyncStatus.Error, ErrorIds.ArtifactInvalid), (entry.Status, entry.ErrorId));
        Assert.False(File.Exists(scene.InCollection("skills/notes/secret.md")));
    }

    [Fact]
    public async Task An_edit_that_is_no_valid_artifact_does_not_come_into_the_collection()
    {
        using var scene = await DeployedAsync();
        File.Move(scene.InProject(Copy), scene.InProject(".claude/skills/notes/other.md"));
        await File.WriteAllTextAsync(scene.InProject(".claude/mcp/files/.mcp.json"), "{", Cancellation);

        var entries = await SyncAsync(scene, SyncDirection.Push);

        Assert.Equal([SyncStatus.Error, SyncStatus.Unchanged, SyncStatus.Unchanged, SyncStatus.Unchanged, SyncStatus.Error], entries.Select(entry => entry.Status));
        Assert.True(File.Exists(scene.InCollection(Original)));
    }

    [Fact]
    public async Task A_collection_that_this_home_does_not_have_is_said()
    {
        using var scene = await DeployedAsync();
        var records = scene.InProject(".claude/.skillmeat-deployed.toml");
        await File.WriteAllTextAsync(records, (await File.ReadAllTextAsync(records, Cancellation)).Replace("from_collection = \"default\"", "from_collection = \"../other\"", StringComparison.Ordinal), Cancellation);

        Assert.All(await SyncAsync(scene, SyncDirection.Both), entry => Assert.Equal((SyncStatus.Skipped, "This home has no collection '../other'. Adopt the copy to bring it into one."), (entry.Status, entry.Reason)));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_change_of_a_project_that_cannot_be_written_changes_no_collection()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "the system or the user writes to read-only folders");
        using var scene = await DeployedAsync();
        Edit(scene.InProject(Copy), "Second line", "mine");
        Edit(scene.InCollection(Original), "name: notes", "name: notes\nlicense: MIT");
        var (project, home) = (scene.Tree(), await File.ReadAllTextAsync(scene.InCollection(Original), Cancellation));
        File.SetUnixFileMode(scene.InProject(".claude/skills/notes"), (UnixFileMode)0x16d);
        try
        {
            await Assert.ThrowsAsync<StorageException>(() => SyncAsync(scene, SyncDirection.Both));
        }
        finally
        {
            File.SetUnixFileMode(scene.InProject(".claude/skills/notes"), (UnixFileMode)0x1ed);
        }

        Assert.Equal((project, home), (scene.Tree(), await File.ReadAllTextAsync(scene.InCollection(Original), Cancellation)));
        Assert.Empty(new CollectionSnapshots(scene.Store).List(null).Snapshots);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Permissions_stay_on_each_side_and_the_executable_bit_travels()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no permissions");
        using var scene = await DeployedAsync();
        File.SetUnixFileMode(scene.InProject(Copy), (UnixFileMode)0x1b4);
        File.SetUnixFileMode(scene.InCollection(Original), (UnixFileMode)0x180);
        await File.WriteAllTextAsync(scene.InProject(".claude/skills/notes/run.sh"), "#!/bin/sh\n", Cancellation);
        File.SetUnixFileMode(scene.InProject(".claude/skills/notes/run.sh"), (UnixFileMode)0x1fd);
        await File.AppendAllTextAsync(scene.InCollection(Original), "newer\n", Cancellation);

        Assert.Equal(SyncStatus.Merged, Assert.Single(await SyncAsync(scene, SyncDirection.Both, "notes")).Status);

        Assert.Equal(((UnixFileMode)0x1b4, (UnixFileMode)0x180), (File.GetUnixFileMode(scene.InProject(Copy)), File.GetUnixFileMode(scene.InCollection(Original))));
        Assert.True(File.GetUnixFileMode(scene.InCollection("skills/notes/run.sh")).HasFlag(UnixFileMode.UserExecute));
    }
}
