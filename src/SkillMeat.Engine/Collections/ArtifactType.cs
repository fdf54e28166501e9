using System.Diagnostics.CodeAnalysis;
using SkillMeat.Errors;

namespace SkillMeat.Collections;

/// <summary>
/// A kind of artifact, with the names and places that the original SkillMeat uses for it: its spelling in files, its container folder,
/// and the file that describes it. Instances are the fixed values below, so reference equality is equality.
/// </summary>
/// <remarks>Immutable and safe from any thread.</remarks>
public sealed class ArtifactType
{
    /// <summary>A folder with a <c>SKILL.md</c>.</summary>
    public static readonly ArtifactType Skill = new("skill", "skills", isFolder: true, ["SKILL.md"]);

    /// <summary>A slash command: one <c>.md</c> file.</summary>
    public static readonly ArtifactType Command = new("command", "commands", isFolder: false, []);

    /// <summary>A subagent: one <c>.md</c> file.</summary>
    public static readonly ArtifactType Agent = new("agent", "agents", isFolder: false, []);

    /// <summary>A folder with a hook's <c>settings.json</c>.</summary>
    public static readonly ArtifactType Hook = new("hook", "hooks", isFolder: true, ["settings.json"]);

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

    /// <summary>Every type, in the order in which help texts list them.</summary>
    public static IReadOnlyList<ArtifactType> All { get; } =
        [Skill, Command, Agent, Hook, Mcp, Workflow, Composite, ProjectConfig, SpecFile, RuleFile, ContextFile, ProgressTemplate];

    /// <summary>The spelling in files and ids, such as <c>skill</c>.</summary>
    public string Name { get; }

    /// <summary>The folder that holds artifacts of this type in a collection and, as a rule, in a repository; null for context types, which have none.</summary>
    public string? Container { get; }

    /// <summary>True when an artifact of this type is a folder, false when it is one file.</summary>
    public bool IsFolder { get; }

    /// <summary>The files that can describe a folder artifact, the preferred one first; empty for file artifacts, which describe themselves.</summary>
    public IReadOnlyList<string> ManifestFiles { get; }

    /// <summary>Whether a folder is such an artifact only by the file that describes it, and says there what it is: not so for hooks and MCP servers, whose files configure them.</summary>
    internal bool NeedsManifestFile => this == Skill || this == Workflow || this == Composite;

    /// <summary>Returns the name of an artifact at a path as long as its front matter gives no other: the folder's name, or the file's without its extension.</summary>
    internal string NameAt(string path) => IsFolder ? path[(path.LastIndexOf('/') + 1)..] : Path.GetFileNameWithoutExtension(path);

    /// <summary>Reads a type as people and files spell it: any case, and <c>mcp-server</c> or <c>mcp_server</c> for <c>mcp</c>.</summary>
    /// <param name="text">The spelling.</param>
    /// <returns>The type.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: there is no such type; the message lists the valid ones.</exception>
    public static ArtifactType Parse(string text) => TryParse(text, out var type)
        ? type
        : throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{text}' is not an artifact type. Valid types: {string.Join(", ", All.Select(t => t.Name))}.");

    /// <summary>Reads a type as <see cref="Parse"/> does, without an exception.</summary>
    /// <param name="text">The spelling.</param>
    /// <param name="type">The type, when there is one.</param>
    /// <returns>True when there is such a type.</returns>
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

    /// <summary>The spelling in files and ids.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;
}
