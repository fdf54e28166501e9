using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Lists the MCP servers of collections.</summary>
[Cmdlet(VerbsCommon.Get, "SkmMcpServer")]
[OutputType(typeof(McpServer))]
public sealed class GetSkmMcpServerCommand : EntryListCommand
{
    /// <summary>The names, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(McpServerCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    private protected override EntryList List => EntryList.McpServers;

    /// <inheritdoc/>
    private protected override string[] Names => Name;
}
