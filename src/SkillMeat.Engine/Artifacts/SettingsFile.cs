using System.Text;
using SkillMeat.Collections;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Artifacts;

/// <summary>
/// Hooks and servers whose source is a file, because its folder is the root of a repository, which has everything else too. In a collection, they are a folder with that file alone.
/// </summary>
internal static class SettingsFile
{
    /// <summary>Whether the commands in a file use other files of its plugin.</summary>
    /// <param name="text">The text of the file.</param>
    public static bool NeedsPlugin(string text) => text.Contains(PluginLayout.RootVariable, StringComparison.Ordinal);

    /// <summary>Returns the content of an artifact, stored as a folder if its source is a file alone.</summary>
    /// <param name="store">The store with the content.</param>
    /// <param name="type">The type of the artifact.</param>
    /// <param name="entry">The content as it was fetched.</param>
    /// <exception cref="Errors.StorageException">The store cannot be written.</exception>
    public static TreeEntry AsFolder(ObjectStore store, ArtifactType type, TreeEntry entry)
    {
        if (!IsAlone(type, entry)) return entry;
        using var writer = store.BeginWrite();
        var folder = new TreeEntry(entry.Name, TreeEntryKind.Folder, writer.AddTree([entry]), entry.Size);
        writer.Commit();
        return folder;
    }

    /// <summary>Warns of commands that use files of the plugin, where the source of the artifact is a file or the folder of hooks alone.</summary>
    /// <param name="store">The store with the content.</param>
    /// <param name="type">The type of the artifact.</param>
    /// <param name="entry">The content as it was fetched.</param>
    /// <param name="name">The name of the source.</param>
    public static IReadOnlyList<string> FindWarnings(ObjectStore store, ArtifactType type, TreeEntry entry, string name)
    {
        if (IsAlone(type, entry))
        {
            return entry.Size <= ArtifactContent.LongestText && NeedsPlugin(Encoding.UTF8.GetString(store.ReadBlob(entry.Id)))
                ? [$"The commands in {entry.Name} use other files of its plugin now. To have those as well, remove this {type}, and add it from {entry.Name} again."]
                : [];
        }

        if (type != ArtifactType.Hook || entry.Kind != TreeEntryKind.Folder || name != PluginLayout.Hooks) return [];
        var content = new ArtifactContent(store, entry);
        return content.FindManifest(type) is { } file && !file.Contains('/', StringComparison.Ordinal) && content.Find(file) is { Size: <= ArtifactContent.LongestText } settings
            && PluginReferences.LeaveHooks(Encoding.UTF8.GetString(store.ReadBlob(settings.Id)), type.SettingsKey!)
            ? [$"The commands in {file} use other files of their plugin. To have those as well, remove this {type}, and add it from the folder of the plugin."]
            : [];
    }

    private static bool IsAlone(ArtifactType type, TreeEntry entry) => entry.Kind is TreeEntryKind.File or TreeEntryKind.Executable && type.IsSettingsFile(entry.Name);
}
