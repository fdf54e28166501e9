using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using SkillMeat.Projects.Registry;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes a project: the name of a registered one, or a folder.</summary>
public sealed class ProjectCompleter : SkmCompleter, IArgumentCompleter
{
    IEnumerable<CompletionResult> IArgumentCompleter.CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters)
            .Concat(CompletionCompleters.CompleteFilename(wordToComplete).Where(one => one.ResultType == CompletionResultType.ProviderContainer));

    /// <inheritdoc/>
    protected override IEnumerable<Candidate> Find(IDictionary bound, string typed) => new ProjectRegistry(OpenHome(bound)).List()
        .GroupBy(project => project.Name, StringComparer.OrdinalIgnoreCase)
        .SelectMany(same => same.Select(project => new Candidate(same.Count() > 1 ? project.Path : project.Name, project.IsMissing ? $"{project.Path}, missing" : project.Path)));
}
