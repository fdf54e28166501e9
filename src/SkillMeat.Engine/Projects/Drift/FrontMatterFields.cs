using System.Text;
using SkillMeat.Collections;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Projects.Drift;

/// <summary>The fields of the front matter of an artifact on the disk, as texts.</summary>
internal static class FrontMatterFields
{
    private const int MostBytes = 1024 * 1024;

    /// <summary>Reads the fields. There are none if the artifact has no manifest file, or that has no readable front matter.</summary>
    /// <param name="type">The type of the artifact.</param>
    /// <param name="path">The full path of the artifact.</param>
    /// <exception cref="Errors.StorageException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Read(ArtifactType type, string path)
    {
        var none = new Dictionary<string, string>(StringComparer.Ordinal);
        var file = type.IsFolder ? type.ManifestFiles.Select(name => Path.Combine(path, name)).FirstOrDefault(File.Exists) : path;
        if (file is null || !file.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || !File.Exists(file)) return none;
        var bytes = StorageGuard.Run("read", file, () =>
        {
            using var stream = RegularFile.OpenRead(file);
            var head = new byte[Math.Min(stream.Length, MostBytes)];
            return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        });
        var text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
        return FrontMatterReader.ReadAll(file, text).ToDictionary(field => field.Key, field => field.Value.Text ?? PlainValue.Of(field.Value.Value).ToString() ?? "", StringComparer.Ordinal);
    }
}
