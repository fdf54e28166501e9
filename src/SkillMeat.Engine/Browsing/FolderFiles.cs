using SkillMeat.Upstream;

namespace SkillMeat.Browsing;

/// <summary>The files of a folder on this machine.</summary>
/// <param name="Items">The files and folders, with paths from the folder.</param>
/// <param name="Targets">The full paths outside of the folder to which links in it lead, by the paths of the links.</param>
internal sealed record FolderFiles(IReadOnlyList<TreeItem> Items, IReadOnlyDictionary<string, string> Targets);
