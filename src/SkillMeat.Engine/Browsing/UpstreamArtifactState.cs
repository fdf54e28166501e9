namespace SkillMeat.Browsing;

/// <summary>The state of an artifact upstream, compared with a collection. In JSON: <c>new present behind</c>.</summary>
public enum UpstreamArtifactState
{
    /// <summary>The collection does not have it from this place.</summary>
    New,

    /// <summary>The collection has it, and nothing is known to have changed upstream since.</summary>
    Present,

    /// <summary>The collection has it, and upstream changed since, its files are missing, or it could not be compared.</summary>
    Behind,
}
