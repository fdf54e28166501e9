namespace SkillMeat.Projects.Drift;

/// <summary>How the copy of an artifact in a project differs from what was deployed and from the collection.</summary>
public enum DriftState
{
    /// <summary>Neither the copy nor the collection changed.</summary>
    InSync,

    /// <summary>The copy was edited.</summary>
    Modified,

    /// <summary>The collection moved on.</summary>
    Outdated,

    /// <summary>Both changed, in different ways.</summary>
    Conflict,

    /// <summary>Both changed in the same way.</summary>
    Converged,

    /// <summary>It lies in the project without a record.</summary>
    Added,

    /// <summary>There is a record, but no files.</summary>
    Removed,

    /// <summary>The collection does not have the artifact any more.</summary>
    Orphaned,
}
