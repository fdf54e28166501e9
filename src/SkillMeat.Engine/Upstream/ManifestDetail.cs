namespace SkillMeat.Upstream;

/// <summary>The part to read of the file that describes an artifact.</summary>
internal enum ManifestDetail
{
    /// <summary>Nothing: an update check needs only the artifact's own id.</summary>
    None,

    /// <summary>The blob id, to find the front matter in the cache.</summary>
    Id,

    /// <summary>The blob id and the text.</summary>
    Text,
}
