namespace SkillMeat.Projects.Adoption;

/// <summary>The outcome of an adoption for one artifact.</summary>
public enum AdoptStatus
{
    /// <summary>The collection has the artifact now, and the copy in the project is its deployment.</summary>
    Adopted,

    /// <summary>The collection had the artifact already, with the same content or with an earlier one of upstream's, and the copy in the project is its deployment now.</summary>
    Recorded,

    /// <summary>The collection has a copy of the artifact now. Its folder belongs to another program, and has no record.</summary>
    Copied,

    /// <summary>The collection has the same content already, and the folder belongs to another program.</summary>
    Unchanged,

    /// <summary>It was left as it is, for the reason given: it is a link that leads elsewhere, its files are gone, or it changed after the user agreed.</summary>
    Skipped,

    /// <summary>The collection has another artifact of the name or at the place. Nothing was changed.</summary>
    Conflict,

    /// <summary>It cannot be an artifact of a collection.</summary>
    Error,
}
