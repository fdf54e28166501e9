namespace SkillMeat.Cache.Deployments;

/// <summary>The state of a deployed artifact.</summary>
public enum DeploymentState
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

    /// <summary>The folder of the project is not there: it was deleted or renamed, or its volume is not mounted. The artifact was deployed when it was seen last.</summary>
    Missing,
}
