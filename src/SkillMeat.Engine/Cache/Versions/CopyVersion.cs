using System.Text;
using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Toml;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Cache.Versions;

/// <summary>Finds the version that an artifact's own files say.</summary>
internal static class CopyVersion
{
    private const string Key = "version";
    private const string Parent = "metadata";
    private const int MostBytes = 1024 * 1024;

    /// <summary>Reads the version of an artifact on the disk. Null if it has none, or cannot be read.</summary>
    /// <param name="type">The type.</param>
    /// <param name="path">The full path of the artifact.</param>
    public static string? Read(ArtifactType type, string path)
    {
        try
        {
            var file = !type.IsFolder || File.Exists(path) ? path : LocalManifest.Find(path, type) is { } name ? Path.Combine(path, name.Replace('/', Path.DirectorySeparatorChar)) : null;
            if (file is null || !File.Exists(file)) return null;
            var bytes = StorageGuard.Run("read", file, () =>
            {
                using var stream = RegularFile.OpenRead(file);
                var head = new byte[Math.Min(stream.Length, MostBytes)];
                return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            });
            return In(file, Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'));
        }
        catch (StorageException)
        {
            return null;
        }
    }

    /// <summary>Finds the version in the text of a manifest file: <c>version</c>, or <c>version</c> of <c>metadata</c>, where the specification of agent skills has it.</summary>
    /// <param name="file">The path of the file.</param>
    /// <param name="text">The text, or its beginning with the front matter.</param>
    public static string? In(string file, string text)
    {
        try
        {
            var fields = FrontMatterReader.ReadAll(file, text);
            return Clean(fields.GetValueOrDefault(Key)?.Text) ?? Clean(fields.GetValueOrDefault(Parent) is { Value: { Kind: TomlValueKind.Table } table } ? TextOf(table.AsTable().Find(Key)) : null);
        }
        catch (FrontMatterException)
        {
            return null;
        }
    }

    private static string? TextOf(TomlValue? value) => value is null or { Kind: TomlValueKind.Table or TomlValueKind.Array } ? null : Convert.ToString(PlainValue.Of(value), System.Globalization.CultureInfo.InvariantCulture);

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : VisibleText.Line(text.Trim());
}
