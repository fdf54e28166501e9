namespace SkillMeat.Projects.Deploying;

/// <summary>How an artifact gets into a project.</summary>
public enum DeployMode
{
    /// <summary>Its files are copied.</summary>
    Copy,

    /// <summary>A link leads to its files in the collection, so that an edit through it is an edit of the collection.</summary>
    Link,
}
