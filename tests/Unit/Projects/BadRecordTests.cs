using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Registry;
using SkillMeat.Projects.Syncing;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>A deployment record that cannot be read is an error of its own, and keeps its bytes.</summary>
public sealed class BadRecordTests
{
    private const string Records = ".claude/.skillmeat-deployed.toml";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Entries => new()
    {
        // A key is missing.
        { "[[deployed]]  # keep\r\nartifact_name = \"review\"\nartifact_type = \"command\"\nfrom_collection = 'default'\nartifact_path = \"commands/review.md\"\n", "command:review" },
        // The path leads elsewhere.
        { "[[deployed]]\nartifact_name = \"review\"\nartifact_type = \"command\"\nfrom_collection = \"default\"\nartifact_path = \"../../x\"\ncontent_hash = \"aa\"\n", "command:review" },
        // The type is unknown.
        { "[[deployed]]\nartifact_name = \"review\"\nartifact_type = \"thing\"\nfrom_collection = \"default\"\nartifact_path = \"commands/review.md\"\ncontent_hash = \"aa\"\n", "command:review" },
        // A value has another type.
        { "[[deployed]]\nartifact_name = \"review\"\nartifact_type = \"command\"\nfrom_collection = \"default\"\nartifact_path = \"commands/review.md\"\ncontent_hash = 5\n", "command:review" },
        { "[[deployed]]\nartifact_type = \"command\"\nartifact_path = \"commands/review.md\"\ncontent_hash = \"aa\"\n", "command:review" },
    };

    [Theory]
    [MemberData(nameof(Entries))]
    public async Task The_others_work_and_its_bytes_stay(string entry, string id)
    {
        using var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request("notes", "helper-bot"));
        Directory.CreateDirectory(scene.InProject(".claude/commands"));
        await File.WriteAllTextAsync(scene.InProject(".claude/commands/review.md"), "mine\n", Cancellation);
        var good = await File.ReadAllTextAsync(scene.InProject(Records), Cancellation);
        var at = good.LastIndexOf("[[deployed]]", StringComparison.Ordinal);
        await File.WriteAllTextAsync(scene.InProject(Records), good[..at] + entry + "\n" + good[at..], Cancellation);
        await File.AppendAllTextAsync(scene.InProject(".claude/skills/notes/SKILL.md"), "edited\n", Cancellation);

        var report = new DriftChecker(scene.Store, scene.Environment).Check(new DriftRequest { Projects = [scene.Project], IncludeInSync = true }, Cancellation);
        AssertNamed(Assert.Single(report.Problems).Value.Message);
        Assert.Equal(DriftState.Modified, Assert.Single(report.Artifacts, one => one.Name == "notes").State);
        Assert.Equal(DriftState.InSync, Assert.Single(report.Artifacts, one => one.Name == "helper-bot").State);
        AssertNamed(new ProjectRegistry(scene.Store, scene.Environment).Get(scene.Project).Problem);

        var synced = await new ProjectSyncer(scene.Store, scene.Environment).SyncAsync(new SyncRequest { Projects = [scene.Project], Direction = SyncDirection.Push }, Cancellation);
        Assert.Equal(SyncStatus.Pushed, Assert.Single(synced.Entries, one => one.Name == "notes").Status);
        AssertNamed(Assert.Single(synced.Entries, one => one.Status == SyncStatus.Error).Reason);

        var deployed = await scene.Deployer.DeployAsync(scene.Request("notes", "helper-bot", "review"), Cancellation);
        Assert.Equal([DeployStatus.Unchanged, DeployStatus.Unchanged, DeployStatus.Error], deployed.Select(one => one.Status));
        AssertNamed(deployed[2].Reason);

        var removed = await scene.Deployer.UndeployAsync(scene.Request(), Cancellation);
        Assert.Equal([DeployStatus.Removed, DeployStatus.Removed, DeployStatus.Error], removed.Select(one => one.Status));
        Assert.Equal(id, removed[2].ArtifactId);
        AssertNamed((await Assert.ThrowsAsync<DataFileException>(() => scene.Deployer.UndeployAsync(scene.Request("review") with { Force = true }, Cancellation))).Message);
        Assert.Equal("mine\n", await File.ReadAllTextAsync(scene.InProject(".claude/commands/review.md"), Cancellation));
        Assert.Contains(entry, await File.ReadAllTextAsync(scene.InProject(Records), Cancellation), StringComparison.Ordinal);

        void AssertNamed(string? message)
        {
            Assert.Contains(id, message, StringComparison.Ordinal);
            Assert.Contains(Path.GetFileName(Records), message, StringComparison.Ordinal);
            Assert.Contains("correct this entry, or delete it from the file", message, StringComparison.Ordinal);
        }
    }
}
