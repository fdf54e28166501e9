namespace SkillMeat.Checks;

/// <summary>What upstream did to an artifact since it was fetched. In JSON: <c>up_to_date updated moved deleted new unknown</c>.</summary>
public enum ChangeType
{
    /// <summary>The artifact's own path is the same at the ref that it follows, whatever else happened in the repository.</summary>
    UpToDate,

    /// <summary>The content of its path differs.</summary>
    Updated,

    /// <summary>Its path is gone and the same artifact is elsewhere in the repository, or the repository has a new name.</summary>
    Moved,

    /// <summary>Its path is gone, and it is nowhere else in the repository.</summary>
    Deleted,

    /// <summary>Upstream has it, and the collection does not.</summary>
    New,

    /// <summary>Upstream could not tell, or the artifact has no upstream; <see cref="ArtifactCheck.Reason"/> says which.</summary>
    Unknown,
}
