using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Errors;
using SkillMeat.Refresh;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Lists the fields that a refresh can change.</summary>
[Cmdlet(VerbsCommon.Get, "SkmRefreshField")]
[OutputType(typeof(RefreshField))]
public sealed class GetSkmRefreshFieldCommand : PSCmdlet
{
    /// <summary>The names of the fields, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RefreshFieldCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The object from the pipeline: a field, or the name of one.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var piped = InputObject is null ? null : new PipedObject(InputObject);
        var names = piped is null ? Name : piped.Texts.Count > 0 ? piped.Texts : piped["Name"] is { } name ? [name] : [];
        if (names.Count == 0 || (piped is null && MyInvocation.ExpectingInput))
        {
            WriteError(ErrorRecords.Of(piped?.Unnamed("a field", "Name") ?? new SkillMeatException(ErrorIds.InvalidArgument, "An object from the pipeline is null."), InputObject));
            return;
        }

        var patterns = names.SelectMany(Parse).ToList();
        WriteObject(RefreshField.All.Where(f => patterns.Exists(p => p.IsMatch(f.Name))), enumerateCollection: true);
    }

    /// <summary>Parses a name or pattern, or reports that it is neither.</summary>
    private IEnumerable<WildcardPattern> Parse(string name)
    {
        try
        {
            if (!Wildcards.IsPattern(name))
            {
                RefreshField.Parse([name]);
            }

            return [Wildcards.Of(name)];
        }
        catch (SkillMeatException e)
        {
            WriteError(ErrorRecords.Of(e, name));
            return [];
        }
    }
}
