using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Removes MCP servers from collections.</summary>
[Cmdlet(VerbsCommon.Remove, "SkmMcpServer", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = NameSet)]
[OutputType(typeof(McpServer))]
public sealed class RemoveSkmMcpServerCommand : EntryRemovalCommand
{
    /// <summary>The names, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(McpServerCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    private protected override EntryList List => EntryList.McpServers;

    /// <inheritdoc/>
    private protected override string[] Names => Name;
}
