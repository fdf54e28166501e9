namespace SkillMeat.Updates;

/// <summary>What becomes of a file. In JSON: <c>added changed deleted</c>.</summary>
public enum FileUpdateKind
{
    /// <summary>It was not there.</summary>
    Added,

    /// <summary>It gets other content, or becomes executable or stops being so.</summary>
    Changed,

    /// <summary>It goes.</summary>
    Deleted,
}
