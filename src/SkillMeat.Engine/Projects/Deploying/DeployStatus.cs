namespace SkillMeat.Projects.Deploying;

/// <summary>The outcome of a deployment of one artifact.</summary>
public enum DeployStatus
{
    /// <summary>It was not in the project, and is now.</summary>
    Deployed,

    /// <summary>The copy in the project has the collection's content now.</summary>
    Updated,

    /// <summary>The copy had the collection's content already.</summary>
    Unchanged,

    /// <summary>The copy was left as it is, because it has content that would be lost.</summary>
    Conflict,

    /// <summary>There is nothing to do for this profile.</summary>
    Skipped,

    /// <summary>The copy was removed from the project.</summary>
    Removed,

    /// <summary>It failed.</summary>
    Error,
}
