using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Desired;
using SkillMeat.Storage;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Another process replaces an artifact in the collection while an installation of a project waits for its turn.</summary>
public sealed class InstallMeanwhileTests
{
    [Fact]
    public async Task A_hook_from_another_source_is_not_activated()
    {
        using var scene = await ProjectScene.StartAsync();
        var manifest = Path.Combine(scene.CollectionFolder, "collection.toml");
        Replace(manifest, Path.Combine(scene.Place, "upstream", "hooks", "guard"), "https://github.com/octo/hooks/tree/main/guard");
        scene.Write("skillmeat.toml", "version = 1\n\n[[artifacts]]\nid = \"hook:guard\"\nsource = \"https://github.com/octo/hooks/tree/main/guard\"\nprofiles = [\"claude_code\"]\nactivate = true\n");
        var request = new ProjectInstallRequest { Project = scene.Project, Activate = true };
        var isDone = false;
        var store = CollectionStore.Open(scene.Store.Home, TimeProvider.System, new Hook(step =>
        {
            if (step != StorageStep.OpenLock || isDone) return;
            isDone = true;
            Replace(manifest, "octo/hooks", "evil/hooks");
        }));

        var outcome = Assert.Single(await new ProjectInstaller(store, scene.Environment).InstallAsync(request, session: null, TestContext.Current.CancellationToken));

        Assert.True(isDone);
        Assert.Equal(DeployStatus.Conflict, outcome.Status);
        Assert.False(File.Exists(scene.InProject(".claude/settings.json")));
        // Unchanged, it is activated.
        Replace(manifest, "evil/hooks", "octo/hooks");
        outcome = Assert.Single(await new ProjectInstaller(scene.Store, scene.Environment).InstallAsync(request, session: null, TestContext.Current.CancellationToken));
        Assert.Equal(DeployStatus.Deployed, outcome.Status);
        Assert.True(File.Exists(scene.InProject(".claude/settings.json")));
    }

    private static void Replace(string file, string old, string text)
    {
        var before = File.ReadAllText(file);
        Assert.Contains(old, before, StringComparison.Ordinal);
        File.WriteAllText(file, before.Replace(old, text, StringComparison.Ordinal));
    }

    private sealed class Hook(Action<StorageStep> before) : IStorageFaults
    {
        public void Before(StorageStep step, string path) => before(step);
    }
}
