using SkillMeat.Collections;
using SkillMeat.Projects.Syncing;
using Xunit;

namespace SkillMeat.Tests.Projects;

/// <summary>Deploys artifacts to a project, and synchronizes it.</summary>
internal static class SyncedProject
{
    public const string Copy = ".claude/skills/notes/SKILL.md";
    public const string Original = "skills/notes/SKILL.md";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ProjectScene> DeployedAsync()
    {
        var scene = await ProjectScene.StartAsync();
        await scene.DeployAsync(scene.Request());
        return scene;
    }

    public static Task<IReadOnlyList<SyncEntry>> SyncAsync(ProjectScene scene, SyncDirection direction, params string[] names) =>
        SyncAsync(scene, new SyncRequest { Projects = [scene.Project], Direction = direction, Names = [.. names.Select(NamePattern.Simple)] });

    public static async Task<IReadOnlyList<SyncEntry>> SyncAsync(ProjectScene scene, SyncRequest request) => (await new ProjectSyncer(scene.Store, scene.Environment).SyncAsync(request, Cancellation)).Entries;

    public static void Edit(string file, string old, string @new)
    {
        var text = File.ReadAllText(file);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(old, @new, StringComparison.Ordinal));
    }

    public static string HomeTree(ProjectScene scene) => string.Join('\n', Directory.EnumerateFiles(scene.Store.Home, "*", SearchOption.AllDirectories)
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}cache{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(path => $"{path} {new FileInfo(path).Length}"));
}
