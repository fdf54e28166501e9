using System.Text;
using SkillMeat.Artifacts;
using SkillMeat.Browsing;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Adoption.Origins;

/// <summary>Finds the artifacts in the folder of a plugin: its skills, commands and agents, and its hooks as one artifact of its name.</summary>
internal static class PluginArtifacts
{
    private const string PluginFile = ".claude-plugin/plugin.json";

    private static readonly ArtifactType[] _types = [ArtifactType.Skill, ArtifactType.Command, ArtifactType.Agent];

    /// <summary>Finds the artifacts.</summary>
    /// <returns>The type, the name, and the path in the folder with <c>/</c>; empty for a plugin that is one skill.</returns>
    /// <exception cref="StorageException">The folder cannot be read.</exception>
    public static IReadOnlyList<(ArtifactType Type, string Name, string Path)> Find(InstalledPlugin plugin) => StorageGuard.Run("read", plugin.Folder, () =>
    {
        var named = ReadNamed(plugin.Folder);
        var found = _types.SelectMany(type => FoldersOf(type, named).SelectMany(place => FindIn(plugin, type, place))).ToList();
        if (IsSkill(plugin.Folder, "")) found.Add((ArtifactType.Skill, plugin.Name, ""));
        if (File.Exists(FullPath(plugin.Folder, "hooks/hooks.json"))) found.Add((ArtifactType.Hook, plugin.Name, "hooks"));
        return found.DistinctBy(one => (one.Type, one.Path)).ToList();
    });

    // Its own skills add to the folder, its other paths replace theirs.
    private static IEnumerable<string> FoldersOf(ArtifactType type, IReadOnlyList<NamedPath> named)
    {
        var own = named.Where(one => one.Type == type).Select(one => one.Path).ToList();
        return own.Count == 0 || type == ArtifactType.Skill ? own.Prepend(type.Container!) : own;
    }

    private static IEnumerable<(ArtifactType Type, string Name, string Path)> FindIn(InstalledPlugin plugin, ArtifactType type, string place)
    {
        if (place.Length > 0 && IsArtifact(plugin.Folder, type, place)) return [(type, type.NameAt(place), place)];
        var folder = FullPath(plugin.Folder, place);
        if (!Directory.Exists(folder)) return [];
        return Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal)
            .Select(name => place.Length == 0 ? name : $"{place}/{name}").Where(path => IsArtifact(plugin.Folder, type, path)).Select(path => (type, type.NameAt(path), path));
    }

    private static bool IsArtifact(string folder, ArtifactType type, string path) => type.IsFolder
        ? IsSkill(folder, path)
        : path.EndsWith(".md", StringComparison.Ordinal) && File.Exists(FullPath(folder, path));

    private static bool IsSkill(string folder, string path) => ArtifactType.Skill.ManifestFiles.Any(file => File.Exists(FullPath(folder, path.Length == 0 ? file : $"{path}/{file}")));

    private static IReadOnlyList<NamedPath> ReadNamed(string folder)
    {
        var path = FullPath(folder, PluginFile);
        if (!File.Exists(path)) return [];
        try
        {
            return PluginFiles.Read(PluginFile, Encoding.UTF8.GetString(RegularFile.ReadAllBytes(path, ArtifactContent.LongestText)).TrimStart('\uFEFF'));
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            // As in browsing, its folders can be used.
            return [];
        }
    }

    private static string FullPath(string folder, string path) => Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar));
}
