using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
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

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var patterns = Name.Select(n => WildcardPattern.Get(n, WildcardOptions.IgnoreCase)).ToList();
        WriteObject(RefreshField.All.Where(f => patterns.Exists(p => p.IsMatch(f.Name))), enumerateCollection: true);
        foreach (var name in Name.Where(n => !WildcardPattern.ContainsWildcardCharacters(n)))
        {
            Check(name);
        }
    }

    private void Check(string name)
    {
        try
        {
            RefreshField.Parse([name]);
        }
        catch (SkillMeatException e)
        {
            WriteError(ErrorRecords.Of(e, name));
        }
    }
}
