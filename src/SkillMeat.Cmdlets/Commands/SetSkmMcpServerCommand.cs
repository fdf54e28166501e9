using System.Collections;
using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Editing;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Changes MCP servers of collections.</summary>
[Cmdlet(VerbsCommon.Set, "SkmMcpServer", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(McpServer))]
public sealed class SetSkmMcpServerCommand : EntryEditCommand
{
    /// <summary>The names, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(McpServerCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The repository.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Repo { get; set; }

    /// <summary>The version to follow.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Version { get; set; }

    /// <summary>The environment variables. A value may be a secure string; a null removes the variable.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? EnvVars { get; set; }

    /// <inheritdoc/>
    private protected override EntryList List => EntryList.McpServers;

    /// <inheritdoc/>
    private protected override string[] Names => Name;

    /// <inheritdoc/>
    private protected override ManifestEdit Complete(ManifestEdit edit) =>
        edit with { Values = ValuesOf(("description", nameof(Description), Description), ("repo", nameof(Repo), Repo), ("version", nameof(Version), Version)), EnvVars = VariableValues.Of(EnvVars) };
}
