using System.Text;
using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Tests.Projects;

/// <summary>Looks for a text in what forced changes of a project have replaced.</summary>
internal static class KeptTexts
{
    public static Task<bool> HaveAsync(ProjectScene scene, string text) => HaveAsync(scene.Store, scene.Project, text);

    public static async Task<bool> HaveAsync(CollectionStore store, string project, string text)
    {
        var path = KeptContentList.PathOf(store.Home, project);
        var list = KeptContentList.Parse(await File.ReadAllBytesAsync(path), path, project);
        return list.All.Where(one => one.ReplacedAt is not null).Any(one => TextsOf(store, one.Content).Any(kept => kept.Contains(text, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> TextsOf(CollectionStore store, TreeEntry entry) => entry.Kind == TreeEntryKind.Folder
        ? store.Objects.ReadTree(entry.Id).SelectMany(below => TextsOf(store, below))
        : [Encoding.UTF8.GetString(store.Objects.ReadBlob(entry.Id, int.MaxValue))];
}
