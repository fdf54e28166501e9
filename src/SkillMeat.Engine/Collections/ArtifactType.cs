using System.Diagnostics.CodeAnalysis;
using SkillMeat.Errors;

namespace SkillMeat.Collections;

/// <summary>
/// A type of artifact, with the names and places that Python SkillMeat uses for it: its spelling in files, its container folder,
/// and its manifest file. All instances are the fixed values below, so reference equality is equality.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ArtifactType
{
    /// <summary>A folder with a <c>SKILL.md</c>.</summary>
    public static readonly ArtifactType Skill = new("skill", "skills", isFolder: true, ["SKILL.md"]);

    /// <summary>A slash command: one <c>.md</c> file.</summary>
    public static readonly ArtifactType Command = new("command", "commands", isFolder: false, []);

    /// <summary>A subagent: one <c>.md</c> file.</summary>
    public static readonly ArtifactType Agent = new("agent", "agents", isFolder: false, []);

    /// <summary>A folder with a hook's <c>settings.json</c>, or a plugin's with <c>hooks.json</c>.</summary>
    public static readonly ArtifactType Hook = new("hook", "hooks", isFolder: true, ["settings.json", "hooks.json"]);

    /// <summary>A folder with an MCP server's <c>.mcp.json</c> or <c>mcp.json</c>.</summary>
    public static readonly ArtifactType Mcp = new("mcp", "mcp", isFolder: true, [".mcp.json", "mcp.json"]);

    /// <summary>A folder with a <c>WORKFLOW.yaml</c> or <c>WORKFLOW.json</c>.</summary>
    public static readonly ArtifactType Workflow = new("workflow", "workflows", isFolder: true, ["WORKFLOW.yaml", "WORKFLOW.json"]);

    /// <summary>A folder with a <c>COMPOSITE.md</c> or <c>PLUGIN.md</c>.</summary>
    public static readonly ArtifactType Composite = new("composite", "composites", isFolder: true, ["COMPOSITE.md", "PLUGIN.md"]);

    /// <summary>A context document: configuration of a project.</summary>
    public static readonly ArtifactType ProjectConfig = new("project_config", container: null, isFolder: false, []);

    /// <summary>A context document: a specification.</summary>
    public static readonly ArtifactType SpecFile = new("spec_file", container: null, isFolder: false, []);

    /// <summary>A context document: a rule.</summary>
    public static readonly ArtifactType RuleFile = new("rule_file", container: null, isFolder: false, []);

    /// <summary>A context document: background.</summary>
    public static readonly ArtifactType ContextFile = new("context_file", container: null, isFolder: false, []);

    /// <summary>A context document: a template for progress notes.</summary>
    public static readonly ArtifactType ProgressTemplate = new("progress_template", container: null, isFolder: false, []);

    private ArtifactType(string name, string? container, bool isFolder, IReadOnlyList<string> manifestFiles)
    {
        Name = name;
        Container = container;
        IsFolder = isFolder;
        ManifestFiles = manifestFiles;
    }

    /// <summary>All types, in the order in which help texts list them.</summary>
    public static IReadOnlyList<ArtifactType> All { get; } =
        [Skill, Command, Agent, Hook, Mcp, Workflow, Composite, ProjectConfig, SpecFile, RuleFile, ContextFile, ProgressTemplate];

    /// <summary>The spelling in files and ids, such as <c>skill</c>.</summary>
    public string Name { get; }

    /// <summary>The folder for artifacts of this type in a collection and usually in a repository, or null for context types.</summary>
    public string? Container { get; }

    /// <summary>Whether an artifact of this type is a folder rather than a single file.</summary>
    public bool IsFolder { get; }

    /// <summary>The possible names of the manifest file of a folder, the preferred one first. Empty for single files.</summary>
    public IReadOnlyList<string> ManifestFiles { get; }

    /// <summary>Whether the manifest file describes the artifact. False for hooks and MCP servers, whose files only configure them.</summary>
    internal bool NeedsManifestFile => this == Skill || this == Workflow || this == Composite;

    /// <summary>The key of the object in a JSON file that configures artifacts of this type, or null if none does. A plugin can have it in a file of any name.</summary>
    internal string? SettingsKey => this == Hook ? "hooks" : this == Mcp ? "mcpServers" : null;

    /// <summary>Whether a path can be that of a file that configures artifacts of this type. It is their source where its folder has everything else too.</summary>
    internal bool IsSettingsFile(string path) => SettingsKey is not null && path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the name of an artifact without a name in its front matter: the name of the folder, or of the file without its extension.</summary>
    internal string NameAt(string path) => IsFolder && !IsSettingsFile(path) ? path[(path.LastIndexOf('/') + 1)..] : Path.GetFileNameWithoutExtension(path);

    /// <summary>Parses a type, ignoring case. <c>mcp-server</c> and <c>mcp_server</c> mean <c>mcp</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The type.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the type is unknown; the message lists the valid ones.</exception>
    public static ArtifactType Parse(string text) => TryParse(text, out var type)
        ? type
        : throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{text}' is not an artifact type.{(FindNearest(text) is { } nearest ? $" Did you mean '{nearest}'?" : "")} Valid types: {string.Join(", ", All.Select(t => t.Name))}.");

    /// <summary>Parses a type as <see cref="Parse"/> does, without throwing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="type">The type, or null if it is unknown.</param>
    /// <returns>True if the type is known.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ArtifactType? type)
    {
        foreach (var candidate in All)
        {
            if (candidate.Name.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                type = candidate;
                return true;
            }
        }

        type = "mcp-server".Equals(text, StringComparison.OrdinalIgnoreCase) || "mcp_server".Equals(text, StringComparison.OrdinalIgnoreCase) ? Mcp : null;
        return type is not null;
    }

    // The names are so short that others are as near as those with the same first letter.
    private static string? FindNearest(string text) => text.Length == 0 ? null : NearestName.Find(text, All.Select(type => type.Name).Where(name => char.ToLowerInvariant(text[0]) == name[0]));

    /// <summary>Returns the spelling in files and ids.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;
}
