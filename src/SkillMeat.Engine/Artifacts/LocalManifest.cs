using System.Text;
using SkillMeat.Collections;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Artifacts;

/// <summary>Finds the file that makes a folder on this machine an artifact, by the rules of <see cref="ArtifactContent.FindManifest"/>.</summary>
internal static class LocalManifest
{
    /// <summary>Finds the file.</summary>
    /// <param name="folder">The full path of the folder.</param>
    /// <param name="type">The type.</param>
    /// <returns>The path in the folder with <c>/</c>, or null.</returns>
    /// <exception cref="Errors.StorageException">The folder cannot be read.</exception>
    public static string? Find(string folder, ArtifactType type) =>
        type.SettingsKey is null ? type.ManifestFiles.FirstOrDefault(name => File.Exists(Path.Combine(folder, name))) : FindAll(folder, type) is [var first, ..] ? first : null;

    /// <summary>Finds the files with the settings of an artifact. A plugin can have some, of which the first one describes it.</summary>
    /// <param name="folder">The full path of the folder.</param>
    /// <param name="type">The type, which has settings.</param>
    /// <returns>The paths in the folder with <c>/</c>.</returns>
    /// <exception cref="Errors.StorageException">The folder cannot be read.</exception>
    public static IReadOnlyList<string> FindAll(string folder, ArtifactType type)
    {
        if (!Directory.Exists(folder)) return [];
        var usual = type.ManifestFiles.FirstOrDefault(name => File.Exists(Path.Combine(folder, name)));
        usual ??= StorageGuard.Run("read", folder, () => Directory.GetFiles(folder, "*.json", new EnumerationOptions { AttributesToSkip = 0 })).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)
            .Concat(PluginLayout.Files).FirstOrDefault(path => IsSettings(Read(folder, path), type.SettingsKey!));
        return PluginSettings.Find(type, usual, path => Read(folder, path));
    }

    private static bool IsSettings(string? text, string key) => text is not null && ArtifactJson.Describe(text.TrimStart('\uFEFF'), key, out var isThere) is null && isThere;

    private static string? Read(string folder, string path)
    {
        var full = Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar));
        try
        {
            return new FileInfo(full) is { Exists: true, Length: <= ArtifactContent.LongestText } ? Encoding.UTF8.GetString(RegularFile.ReadAllBytes(full, ArtifactContent.LongestText)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
