namespace SkillMeat.Additions;

/// <summary>What became of an artifact that was to be added. In JSON: <c>added skipped error</c>.</summary>
public enum AddStatus
{
    /// <summary>It is in the collection.</summary>
    Added,

    /// <summary>It could be added, and was not, because another one could not: all are added, or none.</summary>
    Skipped,

    /// <summary>It can't be added.</summary>
    Error,
}
