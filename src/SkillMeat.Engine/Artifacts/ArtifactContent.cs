using System.Text;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Artifacts;

/// <summary>The files of an artifact in the object store: a folder, or one file.</summary>
/// <remarks>Not thread-safe. Damaged and missing objects throw the errors of the store.</remarks>
internal sealed class ArtifactContent(ObjectStore store, TreeEntry root)
{
    /// <summary>The maximum size in bytes of a file that is read as text.</summary>
    public const int LongestText = 1024 * 1024;

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private IReadOnlyList<TreeEntry>? _entries;

    /// <summary>The name of the folder or file.</summary>
    public string Name => root.Name;

    /// <summary>The folder or file as the user named it, for messages.</summary>
    public string Shown { get; init; } = root.Name;

    public TreeEntryKind Kind => root.Kind;

    public bool IsFolder => root.Kind == TreeEntryKind.Folder;

    /// <summary>The direct entries of the folder; empty for a file.</summary>
    public IReadOnlyList<TreeEntry> Entries => _entries ??= IsFolder ? store.ReadTree(root.Id) : [];

    /// <summary>Finds an entry by its path, with <c>/</c> as the separator, or returns null. The only path of a file is its name.</summary>
    public TreeEntry? Find(string path) => IsFolder ? store.Find(root.Id, path) : path == root.Name ? root : null;

    /// <summary>Finds a direct file by one of several names, an exact match first, then ignoring case. Earlier names are preferred.</summary>
    public TreeEntry? FindFile(IReadOnlyList<string> names) => FindFile(names, StringComparison.Ordinal) ?? FindFile(names, StringComparison.OrdinalIgnoreCase);

    public TreeEntry? FindFile(IReadOnlyList<string> names, StringComparison comparison) =>
        names.SelectMany(name => Entries.Where(e => e.Kind != TreeEntryKind.Folder && e.Name.Equals(name, comparison))).FirstOrDefault();

    /// <summary>
    /// Finds the file that makes the folder an artifact of a type, or returns null: one with a name of such files, else for hooks and servers one that a plugin can name, with any name, else the file of the
    /// plugin or marketplace itself. In a whole plugin, those whose commands use its files come first.
    /// </summary>
    /// <returns>The path in the folder.</returns>
    public string? FindManifest(ArtifactType type) => type.SettingsKey is not { } key ? FindFile(type.ManifestFiles)?.Name
        : PluginSettings.Find(type, FindFile(type.ManifestFiles)?.Name ?? FindSettings(key), path => FindSmall(path) is { } entry ? Encoding.UTF8.GetString(store.ReadBlob(entry.Id)) : null) is [var first, ..] ? first : null;

    private string? FindSettings(string key) =>
        Entries.Where(entry => entry.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).Select(entry => entry.Name).Concat(PluginLayout.Files).FirstOrDefault(path => IsSettings(path, key));

    // Other programs have JSON files, too, which may be anything.
    private bool IsSettings(string path, string key) =>
        FindSmall(path) is { } entry && ArtifactJson.Describe(Encoding.UTF8.GetString(store.ReadBlob(entry.Id)).TrimStart('\uFEFF'), key, out var isThere) is null && isThere;

    private TreeEntry? FindSmall(string path) => Find(path) is { Kind: TreeEntryKind.File or TreeEntryKind.Executable, Size: <= LongestText } entry ? entry : null;

    /// <summary>Reads a small file as UTF-8, without its byte order mark.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactInvalid"/>: the file does not exist, is too large, or is not UTF-8.</exception>
    public string ReadText(string path)
    {
        var entry = FindRegular(path);
        if (entry.Size > LongestText)
        {
            throw Invalid(path, $"is larger than {LongestText / 1024} KB");
        }

        try
        {
            return _strict.GetString(store.ReadBlob(entry.Id)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new SkillMeatException(ErrorIds.ArtifactInvalid, Message(path, "is not UTF-8"), e);
        }
    }

    /// <summary>Reads the beginning of a Markdown file, however long it is. Bytes that are not UTF-8 become U+FFFD.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ArtifactInvalid"/>: the file does not exist, or is no file.</exception>
    public string ReadMarkdown(string path)
    {
        var entry = FindRegular(path);
        using var content = store.OpenBlob(entry.Id);
        var bytes = new byte[Math.Min(content.Length, LongestText)];
        content.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
    }

    private TreeEntry FindRegular(string path)
    {
        var entry = Find(path) ?? throw Invalid(path, "does not exist");
        return entry.Kind is TreeEntryKind.File or TreeEntryKind.Executable
            ? entry
            : throw Invalid(path, entry.Kind == TreeEntryKind.Folder ? "is a folder and not a file" : "is a link and not a file");
    }

    private SkillMeatException Invalid(string path, string problem) => new(ErrorIds.ArtifactInvalid, Message(path, problem));

    private string Message(string path, string problem) => IsFolder ? $"'{path}' of '{Shown}' {problem}." : $"'{path}' {problem}.";
}
