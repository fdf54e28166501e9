using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>Completes an argument from what the home holds. Where there is no home, or it can't be read, PowerShell takes the exception for "nothing to offer".</summary>
public abstract class SkmCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = wordToComplete.Trim('\'', '"');
        var wildcard = WildcardPattern.Get($"{typed}*", WildcardOptions.IgnoreCase);
        return Find(fakeBoundParameters)
            .Where(c => wildcard.IsMatch(c.Text))
            .Select(c => new CompletionResult(Quote(c.Text), c.Text, CompletionResultType.ParameterValue, string.IsNullOrWhiteSpace(c.Meaning) ? c.Text : c.Meaning))
            .ToList();
    }

    /// <summary>What can be completed, with what it means.</summary>
    /// <param name="bound">The other arguments that were typed.</param>
    protected abstract IEnumerable<Candidate> Find(IDictionary bound);

    /// <summary>The home that the command will use.</summary>
    protected static CollectionStore OpenHome(IDictionary bound)
    {
        var named = Text(bound, "SkillMeatHome") ?? Environment.GetEnvironmentVariable(HomeFolder.EnvironmentVariable);
        var path = string.IsNullOrWhiteSpace(named) || Runspace.DefaultRunspace is null
            ? named
            : Runspace.DefaultRunspace.SessionStateProxy.Path.GetUnresolvedProviderPathFromPSPath(named);
        return CollectionStore.Open(HomeFolder.Find(path, Environment.GetEnvironmentVariable));
    }

    /// <summary>An argument that was typed; null when it was not, or when it is not a plain text.</summary>
    protected static string? Text(IDictionary bound, string parameter) => bound[parameter] as string;

    private static string Quote(string text) =>
        text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ':') ? text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
