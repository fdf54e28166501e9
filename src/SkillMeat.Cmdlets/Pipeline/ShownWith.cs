using System.Management.Automation;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Chooses another view for an object, as PowerShell does for <c>Get-Process -IncludeUserName</c>.</summary>
internal static class ShownWith
{
    /// <summary>The view with the time at which tags were imported.</summary>
    public const string Metadata = nameof(Metadata);

    /// <summary>The view of a check that took in projects.</summary>
    public const string Projects = nameof(Projects);

    /// <summary>Returns the same object with the name of a view.</summary>
    public static PSObject Choose(object value, string view)
    {
        var shown = PSObject.AsPSObject(value);
        shown.TypeNames.Insert(0, $"{value.GetType().FullName}#{view}");
        return shown;
    }
}
