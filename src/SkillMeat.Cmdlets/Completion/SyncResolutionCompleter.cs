using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes the resolution of the conflicts of a sync: a side, or a folder.</summary>
public sealed class SyncResolutionCompleter : IArgumentCompleter
{
    private static readonly CompletionResult[] _sides =
    [
        new("Project", "Project", CompletionResultType.ParameterValue, "the project's version of each file in conflict"),
        new("Collection", "Collection", CompletionResultType.ParameterValue, "the collection's version of each file in conflict"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        _sides.Where(side => side.CompletionText.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase)).Concat(CompletionCompleters.CompleteFilename(wordToComplete));
}
