using System.Management.Automation;
using SkillMeat.Editing;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of cmdlets that change the values, the name or the position of entries of collections.</summary>
public abstract class EntryEditCommand : EntryChangeCommand
{
    /// <summary>The new name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NewName { get; set; }

    /// <summary>The description.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>The position in the list, from 0.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Position { get; set; }

    /// <summary>Adds the values to an edit.</summary>
    private protected abstract ManifestEdit Complete(ManifestEdit edit);

    /// <inheritdoc/>
    private protected sealed override (ManifestEdit Edit, string Action) EditOf(string name) => (
        Complete(new ManifestEdit(List.List, EditAction.Set, name) { NewName = NewName, Position = MyInvocation.BoundParameters.ContainsKey(nameof(Position)) ? Position : null }),
        NewName is null ? "Change" : $"Change, and rename to '{ShortText.Cut(NewName)}'");
}
