namespace SkillMeat.Upstream;

/// <summary>How much is wanted of the file that describes an artifact.</summary>
internal enum ManifestDetail
{
    /// <summary>Nothing: the check needs only the artifact's own id.</summary>
    None,

    /// <summary>Its blob id, to look up what it says among what was read before.</summary>
    Id,

    /// <summary>Its text too.</summary>
    Text,
}
