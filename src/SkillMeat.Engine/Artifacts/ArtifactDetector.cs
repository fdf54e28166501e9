using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Artifacts;

/// <summary>Detects the type of an artifact from its files, if the user did not name one.</summary>
internal static class ArtifactDetector
{
    private const int NamesInMessages = 5;

    /// <summary>The types of folders. A type comes before those that its artifacts may contain.</summary>
    private static readonly IReadOnlyList<ArtifactType> _folderTypes = [ArtifactType.Skill, ArtifactType.Workflow, ArtifactType.Composite, ArtifactType.Mcp, ArtifactType.Hook];

    private static readonly IReadOnlyList<ArtifactType> _fileTypes = ArtifactType.All.Where(t => !t.IsFolder).ToList();

    /// <summary>Detects the type.</summary>
    /// <param name="content">The files.</param>
    /// <param name="path">The path of the files in their source, with <c>/</c>. For a single file, the folders above it count.</param>
    /// <param name="shown">The files as the user named them, for messages; null for the path.</param>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.InvalidArgument"/>: the type cannot be determined; the message says what was found and which types match. <see cref="ErrorIds.ArtifactInvalid"/>: a file that decides cannot be read.
    /// </exception>
    public static ArtifactType Detect(ArtifactContent content, string path, string? shown = null) => content.Kind switch
    {
        TreeEntryKind.Folder => DetectFolder(content, shown ?? path),
        TreeEntryKind.Link => throw Unknown($"'{shown ?? path}' is a link. An artifact is a folder or a file."),
        _ => DetectFile(content, path, shown ?? path),
    };

    private static ArtifactType DetectFolder(ArtifactContent content, string shown)
    {
        var found = _folderTypes.FirstOrDefault(type => Fits(content, type, StringComparison.Ordinal)) ?? _folderTypes.FirstOrDefault(type => Fits(content, type, StringComparison.OrdinalIgnoreCase));
        if (found is not null)
        {
            return found;
        }

        // Hooks and servers can have a file of any name.
        if (content.Entries.Where(IsJson).Select(entry => FindSettingsType(content, entry.Name)).OfType<ArtifactType>().Distinct().ToList() is [var only]) return only;
        var settings = content.FindFile(ArtifactType.Hook.ManifestFiles) is { } file ? $" Its {file.Name} has no \"hooks\" object." : "";
        var wanted = string.Join(", ", _folderTypes.Select(t => $"{string.Join(" or ", t.ManifestFiles)}{(t == ArtifactType.Hook ? " with \"hooks\"" : "")} ({t})"));
        throw Unknown($"Cannot determine the type of '{shown}': it contains {Names(content)}.{settings} It needs one of {wanted}.");
    }

    private static bool Fits(ArtifactContent content, ArtifactType type, StringComparison comparison)
    {
        if (content.FindFile(type.ManifestFiles, comparison) is not { } file)
        {
            return false;
        }

        if (type != ArtifactType.Hook)
        {
            return true;
        }

        // Other programs have a settings.json too.
        return ArtifactJson.Describe(content.ReadText(file.Name), "hooks", out var hasHooks) is null && hasHooks;
    }

    private static ArtifactType DetectFile(ArtifactContent content, string path, string shown)
    {
        var parts = path.Split('/', '\\');
        var name = parts[^1];
        if (_folderTypes.FirstOrDefault(t => t.ManifestFiles.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } folderType)
        {
            throw Unknown($"'{shown}' describes a {folderType}. Name the folder that contains it instead.");
        }

        if (!name.EndsWith(".md", StringComparison.OrdinalIgnoreCase))
        {
            throw Unknown($"Cannot determine the type of '{shown}': a single file is an artifact only if its name ends with .md. Types of single files: {string.Join(", ", _fileTypes)}.");
        }

        foreach (var part in parts.SkipLast(1).Reverse())
        {
            if (_fileTypes.FirstOrDefault(t => t.Container is not null && t.Container.Equals(part, StringComparison.OrdinalIgnoreCase)) is { } type)
            {
                return type;
            }
        }

        return LooksLikeAgent(content)
            ? ArtifactType.Agent
            : throw Ambiguous(shown, "it is not in a folder 'commands' or 'agents', and its front matter does not describe an agent with tools or a model");
    }

    /// <summary>Returns the type of a folder whose file, whatever its name, configures hooks or servers, or null.</summary>
    /// <param name="content">The folder, or the file alone.</param>
    /// <param name="name">The name of the file.</param>
    public static ArtifactType? FindSettingsType(ArtifactContent content, string name)
    {
        if (content.Find(name) is not { Size: <= ArtifactContent.LongestText } entry || !IsJson(entry)) return null;
        try
        {
            return SettingsJson.FindType(content.ReadText(name));
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.ArtifactInvalid)
        {
            // Other programs have such files, in any encoding.
            return null;
        }
    }

    /// <summary>Whether a file has the object of the settings of a type, even if that is empty.</summary>
    /// <param name="content">The folder, or the file itself.</param>
    /// <param name="name">The name of the file.</param>
    /// <param name="type">The type.</param>
    public static bool HasSettings(ArtifactContent content, string name, ArtifactType type)
    {
        if (type.SettingsKey is not { } key || content.Find(name) is not { Size: <= ArtifactContent.LongestText } entry || !IsJson(entry)) return false;
        try
        {
            return ArtifactJson.Describe(content.ReadText(name), key, out var isThere) is null && isThere;
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.ArtifactInvalid)
        {
            return false;
        }
    }

    private static bool IsJson(TreeEntry entry) => entry.Kind is TreeEntryKind.File or TreeEntryKind.Executable && entry.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static bool LooksLikeAgent(ArtifactContent content)
    {
        var values = FrontMatterReader.ReadAll(content.Name, content.ReadMarkdown(content.Name));
        return values.ContainsKey("name") && (values.ContainsKey("tools") || values.ContainsKey("model"));
    }

    private static string Names(ArtifactContent content)
    {
        var names = content.Entries.Select(e => e.Kind == TreeEntryKind.Folder ? e.Name + "/" : e.Name).ToList();
        var shown = string.Join(", ", names.Take(NamesInMessages));
        return names.Count switch
        {
            0 => "nothing",
            <= NamesInMessages => shown,
            _ => $"{shown} and {names.Count - NamesInMessages} more",
        };
    }

    private static SkillMeatException Ambiguous(string shown, string found) =>
        Unknown($"Cannot determine the type of '{shown}': {found}. Specify one of the types {string.Join(", ", _fileTypes)}.");

    private static SkillMeatException Unknown(string message) => new(ErrorIds.InvalidArgument, message);
}
