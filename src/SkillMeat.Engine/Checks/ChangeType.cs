namespace SkillMeat.Checks;

/// <summary>The kind of change to an artifact upstream since it was fetched. In JSON: <c>up_to_date updated moved deleted new unknown</c>.</summary>
public enum ChangeType
{
    /// <summary>The artifact's path is unchanged at the followed ref, whatever else changed in the repository.</summary>
    UpToDate,

    /// <summary>The content of the path differs.</summary>
    Updated,

    /// <summary>The path is gone and the artifact is elsewhere in the repository, or the repository was renamed.</summary>
    Moved,

    /// <summary>The path is gone, and the artifact is nowhere else in the repository.</summary>
    Deleted,

    /// <summary>Upstream has the artifact, but the collection does not.</summary>
    New,

    /// <summary>The check failed, or the artifact has no upstream; <see cref="ArtifactCheck.Reason"/> says which.</summary>
    Unknown,
}
