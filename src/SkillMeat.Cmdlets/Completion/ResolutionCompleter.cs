using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes the resolution of conflicts: a side, or a folder.</summary>
public sealed class ResolutionCompleter : IArgumentCompleter
{
    private static readonly CompletionResult[] _sides =
    [
        new("Upstream", "Upstream", CompletionResultType.ParameterValue, "upstream's version of each file in conflict"),
        new("Local", "Local", CompletionResultType.ParameterValue, "the local version of each file in conflict"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        _sides.Where(side => side.CompletionText.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase)).Concat(CompletionCompleters.CompleteFilename(wordToComplete));
}
