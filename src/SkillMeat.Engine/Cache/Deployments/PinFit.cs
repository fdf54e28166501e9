namespace SkillMeat.Cache.Deployments;

/// <summary>Tells whether collections are as a project knew them.</summary>
internal enum PinFit
{
    /// <summary>One of the artifacts of the project is not as it was.</summary>
    Different,

    /// <summary>Other artifacts of a collection are not as they were.</summary>
    SameArtifacts,

    /// <summary>Nothing changed.</summary>
    Same,
}
