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
    public static string? Find(string folder, ArtifactType type)
    {
        if (type.ManifestFiles.FirstOrDefault(name => File.Exists(Path.Combine(folder, name))) is { } usual) return usual;
        if (type.SettingsKey is not { } key || !Directory.Exists(folder)) return null;
        return StorageGuard.Run("read", folder, () => Directory.GetFiles(folder, "*.json", new EnumerationOptions { AttributesToSkip = 0 })).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)
            .Concat(PluginLayout.Files).FirstOrDefault(path => IsSettings(Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar)), key));
    }

    private static bool IsSettings(string path, string key)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= ArtifactContent.LongestText }
                && ArtifactJson.Describe(Encoding.UTF8.GetString(RegularFile.ReadAllBytes(path, ArtifactContent.LongestText)).TrimStart('\uFEFF'), key, out var isThere) is null && isThere;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
