using System.Text;
using SkillMeat.Baselines;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Tests.Projects;

/// <summary>Looks for a text in what forced changes of a project have replaced.</summary>
internal static class KeptTexts
{
    public static async Task<bool> HaveAsync(ProjectScene scene, string text)
    {
        var path = KeptContentList.PathOf(scene.Store.Home, scene.Project);
        var list = KeptContentList.Parse(await File.ReadAllBytesAsync(path), path, scene.Project);
        return list.All.Where(one => one.ReplacedAt is not null).Any(one => TextsOf(scene, one.Content).Any(kept => kept.Contains(text, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> TextsOf(ProjectScene scene, TreeEntry entry) => entry.Kind == TreeEntryKind.Folder
        ? scene.Store.Objects.ReadTree(entry.Id).SelectMany(below => TextsOf(scene, below))
        : [Encoding.UTF8.GetString(scene.Store.Objects.ReadBlob(entry.Id, int.MaxValue))];
}
