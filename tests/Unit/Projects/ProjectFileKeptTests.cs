using System.Text;
using SkillMeat.Collections;
using SkillMeat.Projects.Desired;
using SkillMeat.Projects.Restoring;
using SkillMeat.Snapshots;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>The text that an export takes out of the project's file can be brought back.</summary>
public sealed class ProjectFileKeptTests
{
    private const string Written = """
        # Ours. Do not lose.
        [[artifacts]]
        id = "skill:notes"
        profiles = [
            "claude-code", # everybody
            "codex",       # two of us
        ]
        mode = "link"

        [[artifacts]] # for the build machine
        id = "skill:elsewhere"
        source = "octo/skills/skills/elsewhere"
        why = "because"

        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pruned_file_is_kept_and_comes_back_to_the_last_byte()
    {
        using var scene = await ProjectScene.StartAsync();
        var file = scene.InProject("skillmeat.toml");
        var written = "\uFEFF" + Written.ReplaceLineEndings("\r\n");
        await File.WriteAllTextAsync(file, written, new UTF8Encoding(false), Cancellation);
        var before = await File.ReadAllBytesAsync(file, Cancellation);
        await scene.DeployAsync(scene.Request("notes"));
        var restorer = new ProjectRestorer(scene.Store, scene.Environment);
        var request = new RestoreCopiesRequest { Projects = [scene.Project], Names = [NamePattern.Simple("skillmeat.toml")] };
        // An export that takes nothing out has nothing to keep.
        await ExportAsync(scene);
        await scene.DeployAsync(scene.Request("review"));
        await ExportAsync(scene);
        Assert.Empty(restorer.List(request, Cancellation));
        await File.WriteAllBytesAsync(file, before, Cancellation);
        Assert.DoesNotContain((await new ProjectExporter(scene.Store, scene.Environment) { Prune = true }.ExportAsync(scene.Project, dryRun: true, TimeSpan.FromSeconds(10), Cancellation)).Warnings, IsAboutKept);
        Assert.Empty(restorer.List(request, Cancellation));

        var pruned = await ExportAsync(scene, prune: true);

        Assert.Equal((["skill:elsewhere"], ["skill:notes"]), (pruned.Removed, pruned.Changed));
        Assert.Single(pruned.Warnings, IsAboutKept);
        var after = await File.ReadAllBytesAsync(file, Cancellation);
        await new ObjectCleanup(scene.Store).CollectAsync(TimeSpan.FromSeconds(10), Cancellation);
        var kept = Assert.Single(restorer.List(request, Cancellation));
        Assert.Equal(("project_config:skillmeat.toml", file, ReplacedCopyStatus.Kept), (kept.ArtifactId, kept.Path, kept.Status));
        var refused = Assert.Single(await restorer.RestoreAsync(request, Cancellation));
        Assert.Equal(ReplacedCopyStatus.Conflict, refused.Status);
        Assert.DoesNotContain("record", refused.Reason, StringComparison.Ordinal);
        Assert.Equal((ReplacedCopyStatus.Restored, null), Assert.Single((await restorer.RestoreAsync(request with { Force = true }, Cancellation)).Select(one => (one.Status, one.Reason))));
        Assert.Equal(before, await File.ReadAllBytesAsync(file, Cancellation));
        // The pruned one was kept in turn.
        Assert.Equal(ReplacedCopyStatus.Restored, Assert.Single(await restorer.RestoreAsync(request with { Force = true }, Cancellation)).Status);
        Assert.Equal(after, await File.ReadAllBytesAsync(file, Cancellation));
        static bool IsAboutKept(string warning) => warning.Contains("skm project restore", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prune_that_fails_or_dies_at_any_step_leaves_the_old_file_or_the_new_one_with_the_old_one_kept()
    {
        using var scene = await ProjectScene.StartAsync();
        var file = scene.InProject("skillmeat.toml");
        await scene.DeployAsync(scene.Request("notes"));
        await File.WriteAllTextAsync(file, Written, Cancellation);
        var faults = new Faults();
        var template = Path.Combine(scene.Place, "template");
        TreeCopy.Make(scene.Store.Home, template);
        await ExportAsync(scene, faults);
        var after = await File.ReadAllTextAsync(file, Cancellation);
        Assert.NotEqual(Written, after);
        for (var step = 1; step <= faults.Steps.Count; step++)
        {
            foreach (var isDead in new[] { false, true })
            {
                TreeCopy.Delete(scene.Store.Home);
                TreeCopy.Make(template, scene.Store.Home);
                await File.WriteAllTextAsync(file, Written, Cancellation);
                await Record.ExceptionAsync(() => ExportAsync(scene, new Faults((number, _, _) =>
                {
                    if (number == step || (isDead && number > step)) throw Faults.DiskFull;
                })));

                CollectionStore.Open(scene.Store.Home);

                var text = await File.ReadAllTextAsync(file, Cancellation);
                Assert.True(text == Written || (text == after && await KeptTexts.HaveAsync(scene, "for the build machine")), $"step {step} ({faults.Steps[step - 1]}): {text}");
                foreach (var left in Directory.GetFiles(scene.Project, ".skm-lock", SearchOption.AllDirectories)) File.Delete(left);
            }
        }
    }

    private static Task<ProjectExport> ExportAsync(ProjectScene scene, Faults faults) => new ProjectExporter(CollectionStore.Open(scene.Store.Home, TimeProvider.System, faults), scene.Environment) { Prune = true }
        .ExportAsync(scene.Project, dryRun: false, TimeSpan.FromSeconds(10), Cancellation);

    private static Task<ProjectExport> ExportAsync(ProjectScene scene, bool prune = false) =>
        new ProjectExporter(scene.Store, scene.Environment) { Prune = prune }.ExportAsync(scene.Project, dryRun: false, TimeSpan.FromSeconds(10), Cancellation);
}
