using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Completion;

/// <summary>The base of completers that read the home.</summary>
public abstract class SkmCompleter : IArgumentCompleter
{
    private const string ResolveScript = """
        $provider = $drive = $null
        $path = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($args[0], [ref] $provider, [ref] $drive)
        if ($provider.Name -eq 'FileSystem') { $path }
        """;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = wordToComplete.Trim('\'', '"');
        // An open bracket is no pattern yet.
        var wildcard = Wildcards.Of($"{(typed.Contains('[', StringComparison.Ordinal) ? WildcardPattern.Escape(typed) : typed)}*");
        return FindOrNothing(fakeBoundParameters, typed)
            .Where(c => wildcard.IsMatch(c.Text))
            .Select(c => new CompletionResult(Quote(c.Text), c.Text, CompletionResultType.ParameterValue, string.IsNullOrWhiteSpace(c.Meaning) ? c.Text : c.Meaning))
            .ToList();
    }

    /// <summary>Returns the possible completions and their tooltips.</summary>
    /// <param name="bound">The other arguments of the command line.</param>
    /// <param name="typed">The text so far.</param>
    protected abstract IEnumerable<Candidate> Find(IDictionary bound, string typed);

    /// <summary>Opens the home of the command, for reading: completion must not change anything.</summary>
    protected static CollectionStore OpenHome(IDictionary bound)
    {
        var named = Text(bound, "SkillMeatHome") ?? Environment.GetEnvironmentVariable(HomeFolder.EnvironmentVariable);
        var path = string.IsNullOrWhiteSpace(named) || Path.IsPathFullyQualified(named) ? named : Resolve(named);
        return CollectionStore.OpenToRead(HomeFolder.Find(path, Environment.GetEnvironmentVariable));
    }

    /// <summary>Resolves a path relative to PowerShell's location, which only a pipeline of this runspace can read while another one waits for the completion.</summary>
    private static string Resolve(string path)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddScript(ResolveScript).AddArgument(path).Invoke<string>().SingleOrDefault()
            ?? throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{path}' is not a folder.");
    }

    /// <summary>Returns the text of an argument, or null if it was not given or is not plain text.</summary>
    protected static string? Text(IDictionary bound, string parameter) => bound[parameter] as string;

    /// <summary>Returns the texts of an argument that may be a list; empty if it was not given or is not plain text.</summary>
    protected static string[] Texts(IDictionary bound, string parameter) => bound[parameter] switch
    {
        string text => [text],
        object[] list => list.OfType<string>().ToArray(),
        _ => [],
    };

    private List<Candidate> FindOrNothing(IDictionary bound, string typed)
    {
        try
        {
            return Find(bound, typed).ToList();
        }
        catch (Exception e) when (e is SkillMeatException or RuntimeException)
        {
            // The home is missing, not a folder, or not readable: the command itself reports that. An exception here would make PowerShell offer file names.
            return [];
        }
    }

    private static string Quote(string text) =>
        text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ':') ? text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
