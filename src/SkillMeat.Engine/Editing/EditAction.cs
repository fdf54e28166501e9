namespace SkillMeat.Editing;

/// <summary>The kind of an edit.</summary>
public enum EditAction
{
    /// <summary>Adds an entry at the end, or at a position.</summary>
    Create,

    /// <summary>Changes values, the name or the position of an entry.</summary>
    Set,

    /// <summary>Removes an entry. Artifacts stay.</summary>
    Remove,

    /// <summary>Adds members to a group. One that it has already moves if a position is given, and otherwise stays.</summary>
    AddMembers,

    /// <summary>Removes members from a group. The artifacts stay.</summary>
    RemoveMembers,

    /// <summary>Puts some entries first, in the given order.</summary>
    Order,

    /// <summary>Makes the members of a group these alone, in this order. One that it has already keeps its spelling, even if its artifact is missing. The artifacts of the others stay.</summary>
    SetMembers,
}
