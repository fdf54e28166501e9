namespace SkillMeat.Additions;

/// <summary>The outcome of adding an artifact. In JSON: <c>added unchanged skipped error</c>.</summary>
public enum AddStatus
{
    /// <summary>The artifact was added.</summary>
    Added,

    /// <summary>The artifact is valid, but was not added because another one of the request is not: all are added, or none.</summary>
    Skipped,

    /// <summary>The artifact cannot be added.</summary>
    Error,

    /// <summary>The collection has the artifact already, from the same place. Nothing was changed.</summary>
    Unchanged,
}
